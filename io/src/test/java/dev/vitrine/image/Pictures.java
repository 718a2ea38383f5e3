package dev.vitrine.image;

import java.util.zip.CRC32;

/** Pictures for tests, which Pillow can be given too, and their check sums. */
final class Pictures {
  private Pictures() {}

  /** Sample {@code (x, y, c)} is {@code (3x² + 5y² + xy + 29c) mod 256}. */
  static Raster formula(int width, int height, int channels) {
    Raster picture = Raster.black(width, height, channels);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++) {
          picture.set(x, y, c, 3 * x * x + 5 * y * y + x * y + 29 * c);
        }
      }
    }
    return picture;
  }

  static long sum(Raster picture) {
    CRC32 sum = new CRC32();
    sum.update(picture.samples());
    return sum.getValue();
  }
}
