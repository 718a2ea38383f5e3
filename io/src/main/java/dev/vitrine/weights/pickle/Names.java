package dev.vitrine.weights.pickle;

import java.math.BigInteger;
import java.util.List;

/** How values are written: as keys, and as short texts. */
final class Names {
  private static final int LONGEST = 240;

  private Names() {}

  /** A key's name: a text as it is, everything else as Python would show it. */
  static String of(Object key) {
    return switch (key) {
      case String text -> text;
      case Bytes bytes when bytes.data().byteSize() <= Tree.LONGEST_NAME -> bytes.latin();
      case null, default -> shown(key);
    };
  }

  /** A short text; the end of a long one is left out. */
  static String shown(Object value) {
    var out = new StringBuilder();
    write(value, out);
    return out.length() > LONGEST ? out.substring(0, LONGEST) + "…" : out.toString();
  }

  private static void write(Object value, StringBuilder out) {
    switch (value) {
      case null -> out.append("None");
      case Boolean truth -> out.append(truth ? "True" : "False");
      case Number number -> out.append(number);
      case String text -> out.append(text, 0, Math.min(text.length(), LONGEST + 1));
      case Sequence sequence -> write(sequence, out);
      case Bytes bytes -> out.append("<").append(bytes.data().byteSize()).append(" bytes>");
      case Dictionary dictionary -> out.append("{").append(dictionary.size()).append(" keys}");
      case Instance instance -> out.append("<").append(instance.maker()).append(">");
      default -> out.append(value);
    }
  }

  private static void write(Sequence sequence, StringBuilder out) {
    String around =
        switch (sequence.kind()) {
          case LIST -> "[]";
          case TUPLE -> "()";
          case SET -> "{}";
        };
    out.append(around.charAt(0));
    List<Object> items = sequence.items();
    for (int i = 0; i < items.size() && out.length() <= LONGEST; i++) {
      out.append(i == 0 ? "" : ", ");
      write(items.get(i), out);
    }
    boolean one = sequence.kind() == Sequence.Kind.TUPLE && items.size() == 1;
    out.append(one ? "," : "").append(around.charAt(1));
  }

  static boolean isNumber(Object value) {
    return value instanceof Long
        || value instanceof Double
        || value instanceof BigInteger
        || value instanceof Boolean;
  }
}
