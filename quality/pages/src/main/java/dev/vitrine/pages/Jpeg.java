package dev.vitrine.pages;

/**
 * What JPEG does to a picture: the cosine transform of each 8 × 8 block, its coefficients rounded
 * to multiples that the quality says (the table of Annex K of the standard, scaled as libjpeg does
 * it), and back. Written out here so that a page has the same bits whatever codec a machine has.
 */
final class Jpeg {
  private static final int SIDE = 8;
  private static final int[] TABLE = {
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, //
    14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62, //
    18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, //
    49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99
  };
  private static final float[] COSINES = cosines();

  private Jpeg() {}

  private static float[] cosines() {
    float[] c = new float[SIDE * SIDE];
    for (int u = 0; u < SIDE; u++) {
      double norm = u == 0 ? Math.sqrt(1.0 / SIDE) : Math.sqrt(2.0 / SIDE);
      for (int x = 0; x < SIDE; x++) {
        c[u * SIDE + x] = (float) (norm * StrictMath.cos((2 * x + 1) * u * Math.PI / (2 * SIDE)));
      }
    }
    return c;
  }

  /**
   * Changes a picture of brightness 0 … 1.
   *
   * @param quality 1 … 100, as codecs count it
   */
  static void spoil(Ink picture, int quality, int shiftX, int shiftY) {
    int scale = quality < 50 ? 5000 / quality : 200 - 2 * quality;
    float[] steps = new float[TABLE.length];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = Math.clamp((TABLE[i] * scale + 50) / 100, 1, 255) / 255f;
    }
    float[] block = new float[SIDE * SIDE];
    for (int top = -shiftY; top < picture.height; top += SIDE) {
      for (int left = -shiftX; left < picture.width; left += SIDE) {
        read(picture, left, top, block);
        block = transformed(block, false);
        for (int i = 0; i < block.length; i++) {
          block[i] = Math.round(block[i] / steps[i]) * steps[i];
        }
        write(picture, left, top, transformed(block, true));
      }
    }
  }

  private static void read(Ink picture, int left, int top, float[] block) {
    for (int i = 0; i < block.length; i++) {
      int x = Math.clamp(left + i % SIDE, 0, picture.width - 1);
      int y = Math.clamp(top + i / SIDE, 0, picture.height - 1);
      block[i] = picture.at[y * picture.width + x];
    }
  }

  private static void write(Ink picture, int left, int top, float[] block) {
    for (int i = 0; i < block.length; i++) {
      int x = left + i % SIDE;
      int y = top + i / SIDE;
      if (x >= 0 && y >= 0 && x < picture.width && y < picture.height) {
        picture.at[y * picture.width + x] = Math.clamp(block[i], 0, 1);
      }
    }
  }

  /** Rows, then columns. */
  private static float[] transformed(float[] block, boolean back) {
    float[] rows = new float[SIDE * SIDE];
    float[] both = new float[SIDE * SIDE];
    for (int y = 0; y < SIDE; y++) {
      for (int u = 0; u < SIDE; u++) {
        float sum = 0;
        for (int x = 0; x < SIDE; x++) {
          sum += block[y * SIDE + x] * (back ? COSINES[x * SIDE + u] : COSINES[u * SIDE + x]);
        }
        rows[y * SIDE + u] = sum;
      }
    }
    for (int x = 0; x < SIDE; x++) {
      for (int v = 0; v < SIDE; v++) {
        float sum = 0;
        for (int y = 0; y < SIDE; y++) {
          sum += rows[y * SIDE + x] * (back ? COSINES[y * SIDE + v] : COSINES[v * SIDE + y]);
        }
        both[v * SIDE + x] = sum;
      }
    }
    return both;
  }
}
