package dev.vitrine.lab.report;

import dev.vitrine.report.Axis;
import dev.vitrine.report.Html.Element;
import dev.vitrine.report.LineChart;
import dev.vitrine.report.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * A chart, and the numbers behind it.
 *
 * @param id what its files are called, in small letters with hyphens
 * @param caption what it shows
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param lines what is drawn
 */
public record Figure(String id, String caption, Scale x, Scale y, List<Line> lines)
    implements Block {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 340;
  private static final int TICKS = 6;

  /** Copies the lines. */
  public Figure {
    lines = List.copyOf(lines);
  }

  /**
   * What an axis measures.
   *
   * @param label with its unit
   * @param log whether equal distances are equal ratios
   */
  public record Scale(String label, boolean log) {
    /**
     * {@return an axis of equal differences}
     *
     * @param label with its unit
     */
    public static Scale linear(String label) {
      return new Scale(label, false);
    }

    /**
     * {@return an axis of equal ratios}
     *
     * @param label with its unit
     */
    public static Scale log(String label) {
      return new Scale(label, true);
    }

    private Axis over(DoubleStream values) {
      double[] shown =
          values.filter(value -> Double.isFinite(value) && (!log || value > 0)).toArray();
      DoubleSummaryStatistics range = Arrays.stream(shown).summaryStatistics();
      if (range.getCount() == 0) {
        return Axis.linear(label, 0, 1, TICKS);
      }
      if (!log && Arrays.stream(shown).allMatch(value -> value == Math.rint(value))) {
        return Axis.whole(label, range.getMin(), range.getMax(), TICKS); // there is no half epoch
      }
      return log
          ? Axis.log(label, range.getMin(), range.getMax())
          : Axis.linear(label, range.getMin(), range.getMax(), TICKS);
    }
  }

  /**
   * One line, or points without one.
   *
   * @param name as the legend has it
   * @param points by ascending x; one that is not finite interrupts the line and stays in the file
   * @param band a range around the line, such as a deviation; may be empty
   * @param joined whether a line goes through the points
   */
  public record Line(
      String name, List<Series.Point> points, List<Series.Range> band, boolean joined) {
    /** Copies the lists. */
    public Line {
      points = List.copyOf(points);
      band = List.copyOf(band);
    }

    /**
     * {@return a line through points}
     *
     * @param name as the legend has it
     * @param points by ascending x
     */
    public static Line of(String name, List<Series.Point> points) {
      return new Line(name, points, List.of(), true);
    }

    /**
     * {@return points without a line}
     *
     * @param name as the legend has it
     * @param points in any order
     */
    public static Line scattered(String name, List<Series.Point> points) {
      return new Line(name, points, List.of(), false);
    }
  }

  /** {@return the chart as an {@code svg} element} */
  public Element svg() {
    List<Series> series = new ArrayList<>();
    for (Line line : lines) {
      int style = series.size() % Series.STYLES;
      series.add(new Series(line.name, style, line.points, line.band, line.joined));
    }
    Stream<Series.Range> bands = lines.stream().flatMap(line -> line.band.stream());
    DoubleStream heights =
        DoubleStream.concat(
            points().mapToDouble(Series.Point::y),
            bands.flatMap(range -> Stream.of(range.low(), range.high())).mapToDouble(v -> v));
    return new LineChart(
            caption,
            x.over(points().mapToDouble(Series.Point::x)),
            y.over(heights),
            series,
            WIDTH,
            HEIGHT)
        .svg();
  }

  private Stream<Series.Point> points() {
    return lines.stream().flatMap(line -> line.points.stream());
  }
}
