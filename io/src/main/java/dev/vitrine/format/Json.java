package dev.vitrine.format;

import dev.vitrine.error.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * JSON texts and files. Written values may be {@code null}, booleans, numbers, texts, enums (their
 * names), maps (in their own order), collections, arrays, {@link JsonObject}s and public records of
 * exported packages (their components in order), nested as you like; {@link java.util.Optional} is
 * its value or {@code null}. The same value always gives the same text, on every system.
 *
 * <p>JSON has no NaN and no infinity: they are written as the texts {@code "NaN"}, {@code
 * "Infinity"} and {@code "-Infinity"}, which {@link JsonObject#number} reads back.
 */
public final class Json {
  private Json() {}

  /**
   * {@return an indented text that ends with a line feed; lists of plain values stay on one line}
   *
   * @param value a map, list, text, number, boolean or {@code null}
   */
  public static String pretty(Object value) {
    return JsonText.write(value, true) + "\n";
  }

  /**
   * {@return a text of one line, without the line feed}
   *
   * @param value a map, list, text, number, boolean or {@code null}
   */
  public static String line(Object value) {
    return JsonText.write(value, false);
  }

  /**
   * Reads a text that holds one object; a field that stands twice, a whole number beyond 64 bits
   * and anything after the object are refused.
   *
   * @param text the JSON
   * @param source what the text is, to begin the sentence with
   * @return the object's fields
   * @throws UserException if it is not such a text
   */
  public static JsonObject parse(String text, String source) {
    return JsonText.parse(text, source);
  }

  /**
   * {@link #parse} of a file.
   *
   * @param file a JSON text of one object
   * @return the object's fields
   */
  public static JsonObject read(Path file) {
    return parse(TextFile.read(file), file.toString());
  }

  /**
   * Writes {@link #pretty} to a file, by {@link AtomicFile}.
   *
   * @param file where it goes
   * @param value a map, list, text, number, boolean or {@code null}
   */
  public static void write(Path file, Object value) {
    AtomicFile.writeText(file, pretty(value));
  }

  /**
   * Adds one line to a JSON-lines file, which need not exist. A process that is killed while it
   * adds may leave a last line without its line feed; see {@link #readLines}.
   *
   * @param file where it goes
   * @param value what the line holds
   * @throws UserException if the file cannot be written
   */
  public static void appendLine(Path file, Object value) {
    ByteBuffer bytes = ByteBuffer.wrap((line(value) + "\n").getBytes(StandardCharsets.UTF_8));
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      append(out, bytes);
    } catch (IOException failure) {
      throw FileErrors.writing(file, failure);
    }
  }

  private static void append(FileChannel out, ByteBuffer bytes) throws IOException {
    long before = out.size();
    try {
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    } catch (IOException failure) {
      // A full disk takes a part of the line.
      out.truncate(before);
      throw failure;
    }
  }

  /**
   * Writes or replaces a whole JSON-lines file, by {@link AtomicFile}.
   *
   * @param file where it goes
   * @param values what each line holds
   */
  public static void writeLines(Path file, List<?> values) {
    var text = new StringBuilder();
    values.forEach(value -> text.append(line(value)).append('\n'));
    AtomicFile.writeText(file, text.toString());
  }

  /**
   * {@return the objects of a JSON-lines file} A last line without its line feed was cut off when
   * it was written and is left out; whoever wants to add lines to such a file first {@link
   * #writeLines rewrites} it.
   *
   * @param file a line of JSON for each object
   * @throws UserException if the file cannot be read or another line is not an object
   */
  public static List<JsonObject> readLines(Path file) {
    byte[] bytes = bytes(file);
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    var values = new ArrayList<JsonObject>();
    for (String line : TextFile.text(Arrays.copyOf(bytes, end), file).lines().toList()) {
      values.add(JsonText.parseLine(line, "%s, line %s".formatted(file, values.size() + 1)));
    }
    return values;
  }

  /** Whether the text stands for a number that JSON has none for. */
  static boolean isNonFinite(String text) {
    return text.equals("NaN") || text.equals("Infinity") || text.equals("-Infinity");
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException failure) {
      throw FileErrors.reading(file, failure);
    }
  }
}
