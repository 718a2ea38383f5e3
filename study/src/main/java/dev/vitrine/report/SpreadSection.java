package dev.vitrine.report;

import static dev.vitrine.report.Html.element;

import dev.vitrine.report.Html.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** A section with charts of how numbers within a network moved: their quantiles by step. */
public final class SpreadSection {
  private static final int WIDTH = 480;
  private static final int HEIGHT = 220;

  private SpreadSection() {}

  /**
   * {@return the section}
   *
   * @param title its heading, such as {@code Weights}
   * @param note what the numbers are
   * @param courses a chart each, with at least one point
   */
  public static Element of(String title, String note, List<SpreadCourse> courses) {
    Element charts = element("div").with("class", "charts");
    for (SpreadCourse course : courses) {
      charts =
          charts.add(
              element(
                  "figure",
                  element("figcaption", element("strong", course.name())),
                  chart(title, course).svg()));
    }
    String bands =
        " Strong: the median; dark: the middle half; light: all but the outermost tenth.";
    return element(
        "section",
        element("h2", title),
        element("div", element("p", note + bands).with("class", "note"), charts));
  }

  private static LineChart chart(String title, SpreadCourse course) {
    List<SpreadCourse.Point> points = course.points();
    double[] all =
        points.stream()
            .flatMapToDouble(p -> p.quantiles().stream().mapToDouble(v -> v))
            .filter(Double::isFinite)
            .toArray();
    double low = DoubleStream.of(all).min().orElse(0);
    double high = DoubleStream.of(all).max().orElse(1);
    boolean still = low == high;
    List<Series.Point> medians =
        points.stream().map(p -> new Series.Point(p.step(), p.quantiles().get(2))).toList();
    List<Series> series = new ArrayList<>();
    series.add(new Series("median", 0, medians, band(points, 1, 3)));
    series.add(new Series("5–95 %", 0, List.of(), band(points, 0, 4), false));
    return new LineChart(
        "%s of %s by step: the median goes from %s to %s"
            .formatted(
                title,
                course.name(),
                Numbers.significant(medians.getFirst().y(), 3),
                Numbers.significant(medians.getLast().y(), 3)),
        Axis.exact("step", points.getFirst().step(), points.getLast().step(), 6),
        Axis.linear("", still ? low - 1 : low, still ? high + 1 : high, 5),
        series,
        WIDTH,
        HEIGHT);
  }

  private static List<Series.Range> band(List<SpreadCourse.Point> points, int from, int to) {
    return points.stream()
        .map(p -> new Series.Range(p.step(), p.quantiles().get(from), p.quantiles().get(to)))
        .toList();
  }
}
