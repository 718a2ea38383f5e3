package dev.vitrine.vision.find;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How far lines are from level: the median direction from a digit to the next on its right. */
public final class Tilt {
  /** Of the usual height: what is no smaller and no larger counts. */
  private static final double LEAST = 0.5;

  private static final double MOST = 1.8;

  /** The next digit is no steeper than this, and no farther than so many heights. */
  private static final double STEEPEST = 0.55;

  private static final double FARTHEST = 8;

  private Tilt() {}

  /**
   * {@return by how much lines fall to the right, in radians; 0 if nothing says it}
   *
   * @param pieces in any order
   * @param height how high digits usually are
   */
  public static double of(List<Piece> pieces, double height) {
    List<Box> boxes = new ArrayList<>();
    for (Piece piece : pieces) {
      double tall = piece.box().height() / Math.max(1, height);
      if (tall >= LEAST && tall <= MOST && !piece.alongEdge()) {
        boxes.add(piece.box());
      }
    }
    List<Double> directions = new ArrayList<>();
    for (Box box : boxes) {
      double least = FARTHEST * height;
      double direction = Double.NaN;
      for (Box other : boxes) {
        double across = other.middleX() - box.middleX();
        double down = other.middleY() - box.middleY();
        boolean beside = across > 0.3 * height && Math.abs(down) <= STEEPEST * across;
        if (beside && Math.hypot(across, down) < least) {
          least = Math.hypot(across, down);
          direction = Math.atan2(down, across);
        }
      }
      if (!Double.isNaN(direction)) {
        directions.add(direction);
      }
    }
    if (directions.isEmpty()) {
      return 0;
    }
    Collections.sort(directions);
    return directions.get(directions.size() / 2);
  }
}
