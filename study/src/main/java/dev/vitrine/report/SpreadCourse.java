package dev.vitrine.report;

import java.util.List;

/**
 * How the numbers of one layer or parameter moved in the course of a training.
 *
 * @param name the layer's path or the parameter's name
 * @param points by step
 */
public record SpreadCourse(String name, List<Point> points) {
  /**
   * How they were spread at a step.
   *
   * @param step how many steps were done
   * @param quantiles 5, 25, 50, 75 and 95 per cent of them are not above these
   */
  public record Point(long step, List<Double> quantiles) {
    /** Checks the number of quantiles. */
    public Point {
      quantiles = List.copyOf(quantiles);
      if (quantiles.size() != 5) {
        throw new IllegalArgumentException("Expected 5 quantiles, but got " + quantiles.size());
      }
    }
  }

  /** Copies the list. */
  public SpreadCourse {
    points = List.copyOf(points);
  }
}
