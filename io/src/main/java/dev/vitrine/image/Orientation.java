package dev.vitrine.image;

/**
 * How a stored picture is to be turned before it is looked at: EXIF's tag 0x0112 (CIPA DC-008,
 * 4.6.5), in the order of its numbers 1 … 8.
 */
public enum Orientation {
  /** As it is stored. */
  UPRIGHT(1),
  /** Left and right are to be swapped. */
  MIRRORED(2),
  /** Half a turn. */
  UPSIDE_DOWN(3),
  /** Top and bottom are to be swapped. */
  FLIPPED(4),
  /** Rows and columns are to be swapped. */
  TRANSPOSED(5),
  /** A quarter of a turn clockwise is due. */
  CLOCKWISE(6),
  /** Rows and columns are to be swapped, and then half a turn. */
  TRANSVERSED(7),
  /** A quarter of a turn counter-clockwise is due. */
  COUNTER_CLOCKWISE(8);

  private final int exif;

  Orientation(int exif) {
    this.exif = exif;
  }

  /** EXIF's number, 1 … 8; any other number means that the picture says nothing. */
  static Orientation of(int exif) {
    for (Orientation each : values()) {
      if (each.exif == exif) {
        return each;
      }
    }
    return UPRIGHT;
  }

  /** {@return EXIF's number, 1 … 8} */
  public int exif() {
    return exif;
  }

  /** Whether width and height change places. */
  boolean swapsSides() {
    return exif >= TRANSPOSED.exif;
  }

  /** The picture as it is to be looked at; the same one if it is upright already. */
  Raster apply(Raster stored) {
    if (this == UPRIGHT) {
      return stored;
    }
    int w = swapsSides() ? stored.height() : stored.width();
    int h = swapsSides() ? stored.width() : stored.height();
    int right = stored.width() - 1;
    int bottom = stored.height() - 1;
    Raster turned = Raster.black(w, h, stored.channels());
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        switch (this) {
          case UPRIGHT -> throw new IllegalStateException("nothing to turn");
          case MIRRORED -> copy(stored, right - x, y, turned, x, y);
          case UPSIDE_DOWN -> copy(stored, right - x, bottom - y, turned, x, y);
          case FLIPPED -> copy(stored, x, bottom - y, turned, x, y);
          case TRANSPOSED -> copy(stored, y, x, turned, x, y);
          case CLOCKWISE -> copy(stored, y, bottom - x, turned, x, y);
          case TRANSVERSED -> copy(stored, right - y, bottom - x, turned, x, y);
          case COUNTER_CLOCKWISE -> copy(stored, right - y, x, turned, x, y);
        }
      }
    }
    return turned;
  }

  private static void copy(Raster from, int fromX, int fromY, Raster to, int x, int y) {
    for (int channel = 0; channel < from.channels(); channel++) {
      to.set(x, y, channel, from.get(fromX, fromY, channel));
    }
  }
}
