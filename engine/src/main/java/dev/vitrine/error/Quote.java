package dev.vitrine.error;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a message writes what it was given: as JSON, at most 60 characters, on one line. Whoever
 * reads a message sees every character that was given, and none of them acts on the terminal.
 */
public final class Quote {
  /** The most characters of anything that is quoted, its quotes and ellipsis among them. */
  public static final int LONGEST = 60;

  private static final String ELLIPSIS = "…";

  private static final Pattern LONG_WORD = Pattern.compile("\\S{" + (2 * LONGEST + 1) + ",}");

  private Quote() {}

  /**
   * {@return a text as a JSON string, such as {@code "a\nb"}; the middle of a long one is not
   * shown, so that the end of a file's name is}
   *
   * @param given what was given, as its {@code toString} writes it
   */
  public static String of(Object given) {
    String text = String.valueOf(given);
    return '"' + shortened(text, LONGEST - 2, true, true) + '"';
  }

  /**
   * {@return a value that needs no quotes, such as {@code [1, 2]}, {@code {"type": "relu"}} or a
   * layer; the end of a long one is not shown}
   *
   * @param text the value as its {@code toString} writes it
   */
  public static String value(String text) {
    return shortened(text, LONGEST, false, false);
  }

  /**
   * {@return where something stands, such as a file's name and what lies in what: as it is but for
   * its length, at most 120 characters with the middle left out}
   *
   * @param place the place in words
   */
  public static String place(String place) {
    return shortened(place, 2 * LONGEST, false, true);
  }

  /**
   * {@return a whole sentence on one line: what cannot be printed is escaped as in JSON}
   *
   * @param sentence the sentence
   */
  public static String line(String sentence) {
    var line = new StringBuilder(sentence.length());
    sentence.codePoints().forEach(c -> line.append(escaped(c, false)));
    return line.toString();
  }

  /**
   * {@return a sentence in which no word is longer than a place may be: what a sentence says of
   * files it says with their whole paths, wherever it is written}
   *
   * @param sentence the sentence
   */
  static String withPlaces(String sentence) {
    return LONG_WORD
        .matcher(sentence)
        .replaceAll(
            word -> Matcher.quoteReplacement(shortened(word.group(), 2 * LONGEST, false, true)));
  }

  private static String shortened(String text, int most, boolean within, boolean ends) {
    String[] characters =
        text.codePoints().mapToObj(c -> escaped(c, within)).toArray(String[]::new);
    String whole = String.join("", characters);
    if (whole.length() <= most) {
      return whole;
    }
    int room = most - ELLIPSIS.length();
    String end = ends ? end(characters, room / 3) : "";
    return beginning(characters, room - end.length()) + ELLIPSIS + end;
  }

  private static String beginning(String[] characters, int room) {
    var text = new StringBuilder();
    for (int i = 0; text.length() + characters[i].length() <= room; i++) {
      text.append(characters[i]);
    }
    return text.toString();
  }

  private static String end(String[] characters, int room) {
    String text = "";
    for (int i = characters.length - 1; text.length() + characters[i].length() <= room; i--) {
      text = characters[i] + text;
    }
    return text;
  }

  private static String escaped(int c, boolean within) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case '"' -> within ? "\\\"" : "\"";
      case '\\' -> within ? "\\\\" : "\\";
      default -> isPrintable(c) ? Character.toString(c) : hexadecimal(c);
    };
  }

  /** As one or, beyond U+FFFF, two escapes of UTF-16 units. */
  private static String hexadecimal(int c) {
    var text = new StringBuilder();
    for (char unit : Character.toChars(c)) {
      String digits = Integer.toHexString(unit);
      text.append("\\u").append("0".repeat(4 - digits.length())).append(digits);
    }
    return text.toString();
  }

  /** Not so are controls, marks of direction and other invisible ones, and halves of pairs. */
  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
