package dev.vitrine.format;

import dev.vitrine.error.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;

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
    other(bytes)
        .ifPresent(encoding -> {
          throw new UserException(
              "%s is a text in %s: save it in the encoding UTF-8".formatted(file, encoding));
        });
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer text = CharBuffer.allocate(bytes.length);
    if (StandardCharsets.UTF_8.newDecoder().decode(in, text, true).isError()) {
      throw new UserException(
          "%s is no text in UTF-8 (line %s has other bytes): save it in the encoding UTF-8"
              .formatted(file, 1 + text.flip().chars().filter(c -> c == '\n').count()));
    }
    text.flip();
    return text.isEmpty() || text.charAt(0) != MARK
        ? text.toString()
        : text.subSequence(1, text.length()).toString();
  }

  /** The encoding that a text's mark tells, or the zeros of its first character, if not UTF-8. */
  private static Optional<String> other(byte[] bytes) {
    if (begins(bytes, 0xFF, 0xFE, 0, 0)
        || begins(bytes, 0, 0, 0xFE, 0xFF)
        || begins(bytes, 0, 0, 0)
        || (bytes.length >= 4 && bytes[0] != 0 && bytes[1] == 0 && bytes[2] == 0)) {
      return Optional.of("UTF-32");
    }
    boolean marked = begins(bytes, 0xFE, 0xFF) || begins(bytes, 0xFF, 0xFE);
    boolean wide = bytes.length >= 2 && (bytes[0] == 0) != (bytes[1] == 0);
    return marked || wide ? Optional.of("UTF-16") : Optional.empty();
  }

  private static boolean begins(byte[] bytes, int... first) {
    return bytes.length >= first.length
        && IntStream.range(0, first.length).allMatch(i -> bytes[i] == (byte) first[i]);
  }
}
