package dev.vitrine.image;

/** Grey from red, green and blue: {@code (19595 R + 38470 G + 7471 B + 2¹⁵) ≫ 16} (BT.601). */
final class Grey {
  private Grey() {}

  static Raster of(Raster picture) {
    Raster grey = Raster.black(picture.width(), picture.height(), 1);
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        int sum =
            19595 * picture.get(x, y, 0)
                + 38470 * picture.get(x, y, 1)
                + 7471 * picture.get(x, y, 2);
        grey.set(x, y, 0, (sum + 0x8000) >> 16);
      }
    }
    return grey;
  }
}
