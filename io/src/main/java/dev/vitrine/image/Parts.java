package dev.vitrine.image;

/** Parts of a picture, as pictures of their own. */
final class Parts {
  private Parts() {}

  /** One channel, in grey. */
  static Raster plane(Raster picture, int channel) {
    Raster plane = Raster.black(picture.width(), picture.height(), 1);
    byte[] to = plane.samples();
    for (int i = 0; i < to.length; i++) {
      to[i] = picture.samples()[i * picture.channels() + channel];
    }
    return plane;
  }

  /** A rectangle, its upper left corner at {@code (x, y)}. */
  static Raster rectangle(Raster picture, int x, int y, int columns, int rows) {
    Raster part = Raster.black(columns, rows, picture.channels());
    int line = columns * picture.channels();
    for (int row = 0; row < rows; row++) {
      int from = ((y + row) * picture.width() + x) * picture.channels();
      System.arraycopy(picture.samples(), from, part.samples(), row * line, line);
    }
    return part;
  }
}
