package dev.vitrine.format;

import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The header of an IDX file, and everything that can be wrong with it.
 *
 * @param type the code of the values' type
 */
record IdxHeader(int type, Shape dims) {
  /** The type code of unsigned bytes. */
  static final int UNSIGNED_BYTE = 0x08;

  /** Those of signed bytes, and of 16-bit and 32-bit integers. */
  private static final Set<Integer> WHOLE = Set.of(0x09, 0x0B, 0x0C);

  /** The longest array that every JVM can make. */
  private static final int MOST_ELEMENTS = Integer.MAX_VALUE - 8;

  /** How long the header of so many dimensions is. */
  static int bytes(int rank) {
    return 4 + 4 * rank;
  }

  /** How many bytes of values follow it. */
  int valueBytes() {
    return dims.elements() * width(type);
  }

  /** Bytes of a value. */
  static int width(int type) {
    return switch (type) {
      case 0x0B -> Short.BYTES;
      case 0x0C -> Integer.BYTES;
      default -> 1;
    };
  }

  /** Images are unsigned bytes; labels, any whole numbers. */
  static IdxHeader read(InputStream in, Path file, int rank) throws IOException {
    byte[] start = in.readNBytes(bytes(rank));
    if (start.length < 4) {
      throw truncated(file, rank, start.length);
    }
    ByteBuffer header = ByteBuffer.wrap(start);
    int type = type(file, rank, header.getInt());
    if (start.length < bytes(rank)) {
      throw truncated(file, rank, start.length);
    }
    int[] sizes = new int[rank];
    header.asIntBuffer().get(sizes);
    checkSizes(file, type, sizes);
    return new IdxHeader(type, Shape.of(sizes));
  }

  private static UserException truncated(Path file, int rank, int there) {
    return new UserException(
        "%s: truncated: the header of an IDX file of %s is %s bytes, but there are only %s"
            .formatted(file, dimensions(rank), bytes(rank), there));
  }

  private static int type(Path file, int rank, int magic) {
    if (magic >>> 16 != 0) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s: not an IDX file: expected the magic number 0x%08x, but it begins with 0x%08x",
              file,
              UNSIGNED_BYTE << 8 | rank,
              magic));
    }
    int type = magic >>> 8;
    boolean labels = rank == 1 && WHOLE.contains(type);
    if (type != UNSIGNED_BYTE && !labels) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s: expected %s, but it holds %s (0x%02x)",
              file,
              rank == 1
                  ? "whole numbers (IDX type 0x08, 0x09, 0x0b or 0x0c)"
                  : "unsigned bytes (IDX type 0x08)",
              typeName(type),
              type));
    }
    int there = magic & 0xFF;
    if (there != rank) {
      throw new UserException(
          "%s: expected %s, but it has %s".formatted(file, purpose(rank), purpose(there)));
    }
    return type;
  }

  private static void checkSizes(Path file, int type, int[] sizes) {
    long product = 1;
    for (int axis = 0; axis < sizes.length; axis++) {
      if (sizes[axis] <= 0) {
        throw new UserException(
            "%s: dimension %s expects a positive size, but got %s"
                .formatted(file, axis, sizes[axis]));
      }
      product *= sizes[axis];
      if (product > MOST_ELEMENTS / width(type)) {
        String all =
            Arrays.stream(sizes).mapToObj(Integer::toString).collect(Collectors.joining(" × "));
        throw new UserException(
            "%s: its sizes %s are more than %s values"
                .formatted(file, all, MOST_ELEMENTS / width(type)));
      }
    }
  }

  private static String purpose(int rank) {
    return switch (rank) {
      case 1 -> dimensions(rank) + " (labels)";
      case 3 -> dimensions(rank) + " (images)";
      default -> dimensions(rank);
    };
  }

  private static String dimensions(int rank) {
    return rank + (rank == 1 ? " dimension" : " dimensions");
  }

  private static String typeName(int type) {
    return switch (type) {
      case 0x09 -> "signed bytes";
      case 0x0B -> "16-bit integers";
      case 0x0C -> "32-bit integers";
      case 0x0D -> "32-bit floats";
      case 0x0E -> "64-bit floats";
      default -> "an unknown type";
    };
  }
}
