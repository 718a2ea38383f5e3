package dev.vitrine.vision.find;

import java.util.List;

/** How well sizes and places go with digits of a line, in nats: 0 for usual, less for others. */
final class Geometry {
  /** Heights of the line's that are usual. */
  private static final double LOW = 0.62;

  private static final double HIGH = 1.45;

  /** Widths of the line's height that are usual. */
  private static final double WIDE = 1.05;

  private static final double STEEP = 4;
  private static final double GAP = 3;

  /** What touches the picture's border may be a desk or a finger. */
  private static final double EDGE = 1;

  private Geometry() {}

  static double fit(List<Piece> atoms, Piece whole, double height) {
    double fit = size(whole.box(), height) - (whole.onEdge() ? EDGE : 0);
    // What joins pieces across paper, or two digits side by side, must be better for it.
    for (int i = 1; i < atoms.size(); i++) {
      double nearest = Double.MAX_VALUE;
      for (int j = 0; j < i; j++) {
        nearest = Math.min(nearest, atoms.get(i).box().gap(atoms.get(j).box()));
      }
      fit -= GAP * nearest / height;
    }
    return fit;
  }

  private static double size(Box box, double height) {
    double tall = box.height() / height;
    double wide = box.width() / height;
    double fit = 0;
    if (tall < LOW) {
      fit -= STEEP * Math.log(LOW / tall);
    }
    if (tall > HIGH) {
      fit -= STEEP * Math.log(tall / HIGH);
    }
    if (wide > WIDE) {
      fit -= STEEP * Math.log(wide / WIDE);
    }
    return fit;
  }
}
