package dev.vitrine.notation;

import dev.vitrine.format.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * JSON as people write it: what fits on a line stands on one, what does not is a line for each of
 * its elements.
 */
final class NetworkText {
  private static final int WIDTH = 100;

  private NetworkText() {}

  /** The text of objects, lists and plain values; it ends with a line feed. */
  static String of(Map<String, Object> object) {
    return text(object, 0) + "\n";
  }

  private static String text(Object value, int indent) {
    String line = line(value);
    if (line.length() + indent <= WIDTH
        || !(value instanceof Collection<?> || value instanceof Map<?, ?>)) {
      return line;
    }
    String margin = " ".repeat(indent + 1);
    return value instanceof Map<?, ?> fields
        ? broken("{", fields(fields, indent + 1), margin, "}")
        : broken("[", elements((Collection<?>) value, indent + 1), margin, "]");
  }

  private static String broken(String open, List<String> parts, String margin, String close) {
    return open + String.join(",\n" + margin, parts) + close;
  }

  private static List<String> elements(Collection<?> values, int indent) {
    return values.stream().map(value -> text(value, indent)).toList();
  }

  /** Short fields share a line. */
  private static List<String> fields(Map<?, ?> fields, int indent) {
    List<String> lines = new ArrayList<>();
    fields.forEach((key, value) -> {
      String name = Json.line(key) + ": ";
      String field = name + text(value, indent + name.length());
      String last = lines.isEmpty() ? "" : lines.getLast();
      boolean joins =
          !last.isEmpty()
              && !(last + field).contains("\n")
              && indent + last.length() + field.length() + 2 <= WIDTH;
      if (joins) {
        lines.set(lines.size() - 1, last + ", " + field);
      } else {
        lines.add(field);
      }
    });
    return lines;
  }

  private static String line(Object value) {
    return switch (value) {
      case Map<?, ?> fields ->
          fields.entrySet().stream()
              .map(field -> Json.line(field.getKey()) + ": " + line(field.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      case Collection<?> values ->
          values.stream().map(NetworkText::line).collect(Collectors.joining(", ", "[", "]"));
      case Double number -> number(number);
      default -> Json.line(value);
    };
  }

  /** {@code 1e-4}, not {@code 1.0E-4}. */
  private static String number(double value) {
    return Json.line(value).replace(".0E", "e").replace('E', 'e');
  }
}
