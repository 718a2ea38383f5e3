package dev.vitrine.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The orientation within EXIF data, which are a TIFF file: header, then directories of tags. */
final class Exif {
  private static final int ORIENTATION = 0x0112;
  private static final int SHORT = 3;
  private static final int ENTRY_BYTES = 12;

  private Exif() {}

  /**
   * Reads the first directory's orientation.
   *
   * @param tiff from TIFF's header on; data that are none, or damaged, say nothing of it
   */
  static Orientation orientation(byte[] tiff) {
    ByteBuffer in = ByteBuffer.wrap(tiff);
    if (tiff.length < 8) {
      return Orientation.UPRIGHT;
    }
    switch (in.getShort(0)) {
      case 0x4949 -> in.order(ByteOrder.LITTLE_ENDIAN);
      case 0x4D4D -> in.order(ByteOrder.BIG_ENDIAN);
      default -> {
        return Orientation.UPRIGHT;
      }
    }
    long directory = Integer.toUnsignedLong(in.getInt(4));
    if (in.getShort(2) != 42 || directory + 2 > tiff.length) {
      return Orientation.UPRIGHT;
    }
    int at = (int) directory + 2;
    int entries = Short.toUnsignedInt(in.getShort((int) directory));
    for (int e = 0; e < entries && at + ENTRY_BYTES <= tiff.length; e++) {
      if (in.getShort(at) == ORIENTATION && in.getShort(at + 2) == SHORT) {
        return Orientation.of(Short.toUnsignedInt(in.getShort(at + 8)));
      }
      at += ENTRY_BYTES;
    }
    return Orientation.UPRIGHT;
  }
}
