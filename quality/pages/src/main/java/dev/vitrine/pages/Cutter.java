package dev.vitrine.pages;

/** Interim: MNIST's normalisation of a patch of ink. */
final class Cutter {
  private Cutter() {}

  static byte[] cut(Ink raw) {
    Ink ink = raw.copy();
    float most = 0;
    for (float v : ink.at) {
      most = Math.max(most, v);
    }
    for (int i = 0; i < ink.at.length; i++) {
      float v = ink.at[i] / Math.max(0.1f, most);
      ink.at[i] = v < 0.25f ? 0 : Math.min(1, v * 1.15f);
    }
    int[] box = ink.box(0.4f);
    byte[] cut = new byte[28 * 28];
    if (box[2] <= box[0]) {
      return cut;
    }
    int w = box[2] - box[0];
    int h = box[3] - box[1];
    double scale = 20.0 / Math.max(w, h);
    int n = 20;
    float[] small = new float[n * n];
    double ox = (20 - w * scale) / 2;
    double oy = (20 - h * scale) / 2;
    double sub = 4;
    for (int y = 0; y < n; y++) {
      for (int x = 0; x < n; x++) {
        double sum = 0;
        for (int a = 0; a < sub; a++) {
          for (int b = 0; b < sub; b++) {
            double sx = (x + (b + 0.5) / sub - ox) / scale + box[0] - 0.5;
            double sy = (y + (a + 0.5) / sub - oy) / scale + box[1] - 0.5;
            if (sx >= box[0] - 1 && sx <= box[2] && sy >= box[1] - 1 && sy <= box[3]) {
              sum += ink.sample(sx, sy);
            }
          }
        }
        small[y * n + x] = (float) (sum / (sub * sub));
      }
    }
    double mass = 1e-6;
    double mx = 0;
    double my = 0;
    for (int i = 0; i < small.length; i++) {
      mass += small[i];
      mx += small[i] * (i % n);
      my += small[i] * (i / n);
    }
    int left = (int) Math.clamp(Math.floor(14 - mx / mass + 0.5), 0, 8);
    int top = (int) Math.clamp(Math.floor(14 - my / mass + 0.5), 0, 8);
    for (int y = 0; y < n; y++) {
      for (int x = 0; x < n; x++) {
        cut[(top + y) * 28 + left + x] = (byte) Math.round(255 * small[y * n + x]);
      }
    }
    return cut;
  }
}
