package dev.vitrine.data.digits;

/**
 * MNIST's normalisation (LeCun, Cortes and Burges): the digit is scaled, its proportions kept, to
 * fill a 20×20 box with anti-aliased edges; the box is then placed in a 28×28 image so that the
 * ink's centre of mass falls on the middle, to the nearest whole pixel.
 */
final class Frame {
  /** The side of the image. */
  static final int SIDE = 28;

  /** The side of the box that the digit fills. */
  static final int BOX = 20;

  /** Where the centre of mass goes: the index of a pixel's centre, as measured on MNIST. */
  static final double CENTRE = 14;

  private Frame() {}

  /**
   * Scales and moves the path so that its ink, radii included, exactly fills the box's longer side.
   */
  static void fit(PenPath path) {
    double span = Math.max(extent(path, true, 1, 0), extent(path, false, 1, 0));
    double scale = BOX / Math.max(1, span);
    for (int round = 0; round < 4; round++) {
      double excess = Math.max(extent(path, true, scale, 1), extent(path, false, scale, 1)) - BOX;
      scale = Math.max(1e-3, scale - excess / Math.max(1, span));
    }
    double left = low(path, true, scale, 1);
    double top = low(path, false, scale, 1);
    double padX = (BOX - extent(path, true, scale, 1)) / 2;
    double padY = (BOX - extent(path, false, scale, 1)) / 2;
    for (int i = 0; i < path.size(); i++) {
      path.move(i, scale * path.x(i) - left + padX, scale * path.y(i) - top + padY);
    }
  }

  /** The least scaled coordinate, less {@code ink} times the radius. */
  private static double low(PenPath path, boolean x, double scale, double ink) {
    double low = Double.POSITIVE_INFINITY;
    for (int i = 0; i < path.size(); i++) {
      low = Math.min(low, scale * (x ? path.x(i) : path.y(i)) - ink * path.radius(i));
    }
    return low;
  }

  /** The scaled size along an axis, with {@code ink} times the radii added. */
  private static double extent(PenPath path, boolean x, double scale, double ink) {
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < path.size(); i++) {
      high = Math.max(high, scale * (x ? path.x(i) : path.y(i)) + ink * path.radius(i));
    }
    return high - low(path, x, scale, ink);
  }

  /** Places a box of grey levels (0 … 255) into an image at {@code offset}, centred by mass. */
  static void centre(int[] box, byte[] pixels, int offset) {
    long mass = 0;
    long momentX = 0;
    long momentY = 0;
    for (int i = 0; i < box.length; i++) {
      mass += box[i];
      momentX += (long) box[i] * (i % BOX);
      momentY += (long) box[i] * (i / BOX);
    }
    int left = place(momentX, mass);
    int top = place(momentY, mass);
    for (int row = 0; row < BOX; row++) {
      for (int column = 0; column < BOX; column++) {
        pixels[offset + (top + row) * SIDE + left + column] = (byte) box[row * BOX + column];
      }
    }
  }

  /** The margin before the box that brings the centre of mass nearest to the middle. */
  private static int place(long moment, long mass) {
    double margin = CENTRE - (double) moment / Math.max(1, mass);
    return Math.clamp((int) Math.floor(margin + 0.5), 0, SIDE - BOX);
  }
}
