package dev.vitrine.report;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of a chart.
 *
 * @param name what the legend calls it
 * @param style which of the styles of a chart, from 0, the accent; line and marker differ between
 *     styles as well as colour
 * @param points by ascending x; values that the axes cannot show interrupt the line
 * @param band a range to shade around the line, by ascending x; may be empty
 * @param joined whether a line goes through the points
 */
public record Series(String name, int style, List<Point> points, List<Range> band, boolean joined) {
  /** How many styles there are. */
  public static final int STYLES = 8;

  /**
   * A measured value.
   *
   * @param x where along the axis
   * @param y the value
   */
  public record Point(double x, double y) {}

  /**
   * The least and the largest of the values around x.
   *
   * @param x where along the axis
   * @param low the least value
   * @param high the greatest value
   */
  public record Range(double x, double low, double high) {}

  /** Copies the lists. */
  public Series {
    points = List.copyOf(points);
    band = List.copyOf(band);
    if (style < 0 || style >= STYLES) {
      throw new IllegalArgumentException(
          "Series %s expects a style from 0 to %s, but got %s".formatted(name, STYLES - 1, style));
    }
  }

  /**
   * A line through points with a band around it.
   *
   * @param name as the legend has it
   * @param style the number of its colour and dashes
   * @param points from left to right
   * @param band a range to shade around the line
   */
  public Series(String name, int style, List<Point> points, List<Range> band) {
    this(name, style, points, band, true);
  }

  /**
   * {@return points without a line}
   *
   * @param name as the legend has it
   * @param style the number of its colour and mark
   * @param points in any order
   */
  public static Series scattered(String name, int style, List<Point> points) {
    return new Series(name, style, points, List.of(), false);
  }

  /**
   * {@return a line without a band}
   *
   * @param name as the legend has it
   * @param style the number of its colour and dashes
   * @param points from left to right
   */
  public static Series of(String name, int style, List<Point> points) {
    return new Series(name, style, points, List.of());
  }

  /**
   * {@return the same line in at most so many points: each stands at the middle of equally many
   * neighbours (give or take one) and is their mean, and their range becomes the band} A line that
   * is short enough stays as it is.
   *
   * @param most at least 1
   */
  public Series thinned(int most) {
    if (points.size() <= most) {
      return this;
    }
    var means = new ArrayList<Point>();
    var ranges = new ArrayList<Range>();
    for (int i = 0; i < most; i++) {
      int from = (int) ((long) i * points.size() / most);
      int to = (int) ((long) (i + 1) * points.size() / most);
      List<Point> bucket = points.subList(from, to);
      double x = bucket.get(bucket.size() / 2).x();
      var y = bucket.stream().mapToDouble(Point::y).summaryStatistics();
      means.add(new Point(x, y.getAverage()));
      ranges.add(new Range(x, y.getMin(), y.getMax()));
    }
    return new Series(name, style, means, ranges);
  }
}
