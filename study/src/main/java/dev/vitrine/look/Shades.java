package dev.vitrine.look;

import dev.vitrine.image.Raster;

/**
 * Numbers as colours on one signed scale: 0 is white, what is above it goes to a deep orange, what
 * is below to a deep blue. Lightness falls with the magnitude on both sides, and the two hues stay
 * apart for the colour-blind.
 *
 * @param most the magnitude of the deepest colours, above 0
 */
record Shades(double most) {
  private static final int SIDE = 168;
  private static final int LARGEST_FACTOR = 16;
  private static final int[] ZERO = {247, 247, 247};
  private static final int[][] ABOVE = {{247, 247, 247}, {241, 163, 64}, {127, 59, 8}};
  private static final int[][] BELOW = {{247, 247, 247}, {103, 169, 207}, {5, 48, 97}};

  /** For numbers of which the largest magnitude is deepest; for zeros alone any will do. */
  static Shades of(double... values) {
    double most = 0;
    for (double value : values) {
      most = Math.max(most, Math.abs(value));
    }
    return new Shades(most == 0 ? 1 : most);
  }

  /**
   * Numbers in rows as a picture.
   *
   * @param values row by row
   * @param width numbers in a row
   */
  Raster picture(double[] values, int width) {
    Raster picture = Raster.black(width, values.length / width, 3);
    for (int i = 0; i < values.length; i++) {
      int[] colour = colour(values[i]);
      for (int channel = 0; channel < 3; channel++) {
        picture.set(i % width, i / width, channel, colour[channel]);
      }
    }
    return enlarged(picture);
  }

  /** Three channels for red, green and blue, 0 to 255. */
  private int[] colour(double value) {
    double share = Math.min(1, Math.abs(value) / most);
    if (share == 0) {
      return ZERO;
    }
    int[][] way = value > 0 ? ABOVE : BELOW;
    double at = 2 * share;
    int from = at < 1 ? 0 : 1;
    double within = at - from;
    int[] colour = new int[3];
    for (int i = 0; i < 3; i++) {
      colour[i] = (int) Math.round(way[from][i] + within * (way[from + 1][i] - way[from][i]));
    }
    return colour;
  }

  /** A small picture by a whole factor, to be looked at. */
  static Raster enlarged(Raster picture) {
    int most = Math.max(picture.width(), picture.height());
    return picture.enlarged(Math.clamp(SIDE / most, 1, LARGEST_FACTOR));
  }

  /** What the colours mean. */
  String words() {
    return "White is 0; the deepest orange is %s, the deepest blue %s."
        .formatted(Say.number(most), Say.number(-most));
  }
}
