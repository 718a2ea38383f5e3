package dev.vitrine.weights.matlab;

import dev.vitrine.weights.stored.Stored;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** MATLAB's texts: matrices of characters, whose columns come one after the other. */
final class Texts {
  private Texts() {}

  /** How the characters of an element of this type are coded; empty if it has none. */
  static Optional<Charset> charset(int type, ByteOrder order) {
    boolean little = order == ByteOrder.LITTLE_ENDIAN;
    return Optional.ofNullable(
        switch (type) {
          case 1, 2 -> StandardCharsets.ISO_8859_1;
          case 3, 4, MatType.UTF16 ->
              little ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
          case 5, 6, MatType.UTF32 ->
              little ? StandardCharsets.UTF_32LE : StandardCharsets.UTF_32BE;
          case MatType.UTF8 -> StandardCharsets.UTF_8;
          default -> null;
        });
  }

  /** All bytes as characters. */
  static String decoded(MemorySegment bytes, Charset charset) {
    return new String(bytes.toArray(ValueLayout.JAVA_BYTE), charset);
  }

  /** A name: bytes as characters, up to a zero. */
  static String name(MemorySegment bytes) {
    String name = decoded(bytes, StandardCharsets.UTF_8);
    int end = name.indexOf('\0');
    return end < 0 ? name : name.substring(0, end);
  }

  /** A matrix of characters as a text: its rows one below the other, without blanks at the end. */
  static Stored.Note note(List<Long> dims, String columns) {
    long rows = dims.isEmpty() ? 1 : dims.getFirst();
    return new Stored.Note(
        rows <= 1
            ? columns
            : LongStream.range(0, Math.min(rows, columns.length()))
                .mapToObj(row -> row(columns, (int) row, rows))
                .collect(Collectors.joining("\n")));
  }

  private static String row(String columns, int row, long rows) {
    var text = new StringBuilder();
    for (long at = row; at < columns.length(); at += rows) {
      text.append(columns.charAt((int) at));
    }
    return text.toString().stripTrailing();
  }
}
