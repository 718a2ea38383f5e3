package dev.vitrine.pages;

/**
 * From a place on the page to one in the picture and back: turned, seen from the side, shrunk so
 * that what was written stays in view.
 */
final class Warp {
  private final double cos;
  private final double sin;
  private final double tiltX;
  private final double tiltY;
  private final double shrink;
  private final double pageX;
  private final double pageY;
  private final double pictureX;
  private final double pictureY;

  /**
   * A view of a page.
   *
   * @param turn radians, clockwise
   * @param tiltX how much farther away the right edge is, as a share; negative for the left
   * @param tiltY the same for the bottom
   * @param room the share of the picture that the page takes, at most
   */
  Warp(int width, int height, double turn, double tiltX, double tiltY, double room) {
    this.tiltX = tiltX / width;
    this.tiltY = tiltY / height;
    cos = StrictMath.cos(turn);
    sin = StrictMath.sin(turn);
    pageX = width / 2.0;
    pageY = height / 2.0;
    pictureX = pageX;
    pictureY = pageY;
    double most = 0;
    for (int corner = 0; corner < 4; corner++) {
      double u = (corner & 1) == 0 ? -pageX : pageX;
      double v = (corner & 2) == 0 ? -pageY : pageY;
      double depth = 1 + this.tiltX * u + this.tiltY * v;
      most = Math.max(most, Math.abs((cos * u - sin * v) / depth) / pageX);
      most = Math.max(most, Math.abs((sin * u + cos * v) / depth) / pageY);
    }
    shrink = room / most;
  }

  /** Where a place of the page is in the picture. */
  double[] forward(double x, double y) {
    double u = x - pageX;
    double v = y - pageY;
    double depth = 1 + tiltX * u + tiltY * v;
    return new double[] {
      pictureX + shrink * (cos * u - sin * v) / depth,
      pictureY + shrink * (sin * u + cos * v) / depth
    };
  }

  /** Which place of the page is there. */
  void back(double x, double y, double[] to) {
    double p = (x - pictureX) / shrink;
    double q = (y - pictureY) / shrink;
    double a = cos * p + sin * q;
    double b = -sin * p + cos * q;
    // With depth d: u = a d, v = b d, d = 1 + tx u + ty v.
    double depth = 1 / (1 - tiltX * a - tiltY * b);
    to[0] = pageX + a * depth;
    to[1] = pageY + b * depth;
  }
}
