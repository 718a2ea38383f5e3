package dev.vitrine.pages;

import java.util.Arrays;

/**
 * A picture of one number a pixel: how much ink covers it, 0 … 1, or how bright it is. It is
 * painted on in place.
 */
final class Ink {
  final int width;
  final int height;
  final float[] at;

  Ink(int width, int height) {
    this.width = width;
    this.height = height;
    at = new float[Math.multiplyExact(width, height)];
  }

  Ink copy() {
    Ink copy = new Ink(width, height);
    System.arraycopy(at, 0, copy.at, 0, at.length);
    return copy;
  }

  float get(int x, int y) {
    return x < 0 || y < 0 || x >= width || y >= height ? 0 : at[y * width + x];
  }

  /** More ink where there was less. */
  void most(int x, int y, float value) {
    if (x >= 0 && y >= 0 && x < width && y < height) {
      int i = y * width + x;
      at[i] = Math.max(at[i], value);
    }
  }

  /** Between four pixels; nothing lies outside. */
  float sample(double x, double y) {
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    float u = (float) (x - left);
    float v = (float) (y - top);
    float upper = get(left, top) * (1 - u) + get(left + 1, top) * u;
    float lower = get(left, top + 1) * (1 - u) + get(left + 1, top + 1) * u;
    return upper * (1 - v) + lower * v;
  }

  /** Paints another's ink over this one's, its upper left corner at (x, y). */
  void paint(Ink other, int x, int y) {
    for (int row = 0; row < other.height; row++) {
      for (int column = 0; column < other.width; column++) {
        most(x + column, y + row, other.at[row * other.width + column]);
      }
    }
  }

  /** A part; what lies outside is empty. */
  Ink part(int left, int top, int w, int h) {
    Ink part = new Ink(w, h);
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        part.at[y * w + x] = get(left + x, top + y);
      }
    }
    return part;
  }

  /** The smallest box {left, top, right, bottom} (exclusive) with more ink than a level. */
  int[] box(float level) {
    int[] box = {width, height, 0, 0};
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (at[y * width + x] > level) {
          box[0] = Math.min(box[0], x);
          box[1] = Math.min(box[1], y);
          box[2] = Math.max(box[2], x + 1);
          box[3] = Math.max(box[3], y + 1);
        }
      }
    }
    return box;
  }

  double sum() {
    double sum = 0;
    for (float value : at) {
      sum += value;
    }
    return sum;
  }

  /** A Gaussian of this deviation in pixels, along rows, then along columns; edges repeat. */
  void blur(double sigma) {
    if (sigma < 0.05) {
      return;
    }
    int reach = (int) Math.ceil(3 * sigma);
    float[] taps = new float[2 * reach + 1];
    float sum = 0;
    for (int i = -reach; i <= reach; i++) {
      taps[i + reach] = (float) StrictMath.exp(-i * i / (2 * sigma * sigma));
      sum += taps[i + reach];
    }
    for (int i = 0; i < taps.length; i++) {
      taps[i] /= sum;
    }
    float[] rows = new float[at.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        float total = 0;
        for (int i = -reach; i <= reach; i++) {
          total += taps[i + reach] * at[y * width + Math.clamp(x + i, 0, width - 1)];
        }
        rows[y * width + x] = total;
      }
    }
    Arrays.fill(at, 0);
    for (int y = 0; y < height; y++) {
      for (int i = -reach; i <= reach; i++) {
        int from = Math.clamp(y + i, 0, height - 1) * width;
        float tap = taps[i + reach];
        for (int x = 0; x < width; x++) {
          at[y * width + x] += tap * rows[from + x];
        }
      }
    }
  }
}
