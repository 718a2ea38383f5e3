package dev.vitrine.format;

import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The header of an IDX file, and everything that can be wrong with it. */
final class IdxHeader {
  /** The type code of unsigned bytes. */
  static final int UNSIGNED_BYTE = 0x08;

  /** The longest array that every JVM can make. */
  private static final int MOST_ELEMENTS = Integer.MAX_VALUE - 8;

  private IdxHeader() {}

  /** How long the header of so many dimensions is. */
  static int bytes(int rank) {
    return 4 + 4 * rank;
  }

  static Shape read(InputStream in, Path file, int rank) throws IOException {
    byte[] start = in.readNBytes(bytes(rank));
    if (start.length < 4) {
      throw truncated(file, rank, start.length);
    }
    ByteBuffer header = ByteBuffer.wrap(start);
    checkMagic(file, rank, header.getInt());
    if (start.length < bytes(rank)) {
      throw truncated(file, rank, start.length);
    }
    int[] sizes = new int[rank];
    header.asIntBuffer().get(sizes);
    checkSizes(file, sizes);
    return Shape.of(sizes);
  }

  private static UserException truncated(Path file, int rank, int there) {
    return new UserException(
        "%s: truncated: the header of an IDX file of %s is %s bytes, but there are only %s"
            .formatted(file, dimensions(rank), bytes(rank), there));
  }

  private static void checkMagic(Path file, int rank, int magic) {
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
    if (type != UNSIGNED_BYTE) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s: expected unsigned bytes (IDX type 0x08), but it holds %s (0x%02x)",
              file,
              typeName(type),
              type));
    }
    int there = magic & 0xFF;
    if (there != rank) {
      throw new UserException(
          "%s: expected %s, but it has %s".formatted(file, purpose(rank), purpose(there)));
    }
  }

  private static void checkSizes(Path file, int[] sizes) {
    long product = 1;
    for (int axis = 0; axis < sizes.length; axis++) {
      if (sizes[axis] <= 0) {
        throw new UserException(
            "%s: dimension %s expects a positive size, but got %s"
                .formatted(file, axis, sizes[axis]));
      }
      product *= sizes[axis];
      if (product > MOST_ELEMENTS) {
        String all =
            Arrays.stream(sizes).mapToObj(Integer::toString).collect(Collectors.joining(" × "));
        throw new UserException(
            "%s: its sizes %s are more than %s values".formatted(file, all, MOST_ELEMENTS));
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
