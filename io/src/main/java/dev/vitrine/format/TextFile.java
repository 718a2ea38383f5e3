package dev.vitrine.format;

import dev.vitrine.error.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Text files, which are UTF-8; editors of Windows may put a byte-order mark before the text. */
public final class TextFile {
  private static final char MARK = '\ufeff';

  private TextFile() {}

  /**
   * {@return the text of a file, without a byte-order mark}
   *
   * @param file in UTF-8
   * @throws UserException if it cannot be read, or is not UTF-8
   */
  public static String read(Path file) {
    try {
      return text(Files.readAllBytes(file), file);
    } catch (IOException failure) {
      throw FileErrors.reading(file, failure);
    }
  }

  /** The text of the bytes that were read from a file. */
  static String text(byte[] bytes, Path file) {
    if (begins(bytes, 0xFE, 0xFF) || begins(bytes, 0xFF, 0xFE)) {
      throw new UserException(
          "%s is a text in UTF-16: save it as UTF-8, which editors call an encoding"
              .formatted(file));
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer text = CharBuffer.allocate(bytes.length);
    if (StandardCharsets.UTF_8.newDecoder().decode(in, text, true).isError()) {
      throw new UserException(
          "%s is no text in UTF-8 (line %s has other bytes): save it as UTF-8, which editors call an encoding"
              .formatted(file, 1 + text.flip().chars().filter(c -> c == '\n').count()));
    }
    text.flip();
    return text.isEmpty() || text.charAt(0) != MARK
        ? text.toString()
        : text.subSequence(1, text.length()).toString();
  }

  private static boolean begins(byte[] bytes, int first, int second) {
    return bytes.length >= 2 && bytes[0] == (byte) first && bytes[1] == (byte) second;
  }
}
