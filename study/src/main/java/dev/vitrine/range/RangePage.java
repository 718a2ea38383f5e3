package dev.vitrine.range;

import static dev.vitrine.report.Html.element;

import dev.vitrine.error.Decimal;
import dev.vitrine.format.AtomicFile;
import dev.vitrine.format.MadeFolder;
import dev.vitrine.report.Axis;
import dev.vitrine.report.Html.Element;
import dev.vitrine.report.LineChart;
import dev.vitrine.report.Numbers;
import dev.vitrine.report.Page;
import dev.vitrine.report.Series;
import dev.vitrine.report.Series.Point;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A range test as a page, a chart and numbers: {@code lr-range.html}, {@code .svg}, {@code .csv}.
 */
public final class RangePage {
  private static final String NAME = "lr-range";
  private static final int WIDTH = 996;
  private static final int HEIGHT = 380;

  /** Rows of the page's table. */
  private static final int ROWS = 20;

  private RangePage() {}

  /**
   * Writes the three files.
   *
   * @param folder where they go; made if need be
   * @param title of what was tested, such as {@code LeNet on MNIST}
   * @param command that gives them again
   * @param result what came out
   * @return the page
   * @throws dev.vitrine.error.UserException if they cannot be written
   */
  public static Path write(Path folder, String title, String command, RangeResult result) {
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(command, "command");
    Objects.requireNonNull(result, "result");
    MadeFolder.of(folder);
    Path page = folder.resolve(NAME + ".html");
    AtomicFile.writeText(folder.resolve(NAME + ".csv"), csv(result));
    AtomicFile.writeText(folder.resolve(NAME + ".svg"), Page.standalone(chart(result).svg()));
    AtomicFile.writeText(page, html(title, command, result));
    return page;
  }

  private static String csv(RangeResult result) {
    StringBuilder text = new StringBuilder("rate,loss,smoothed\n");
    for (RatePoint p : result.points()) {
      text.append("%s,%s,%s\n".formatted(p.rate(), p.loss(), p.smoothed()));
    }
    return text.toString();
  }

  private static String html(String title, String command, RangeResult result) {
    Element figure =
        element(
                "figure",
                element(
                    "figcaption",
                    element("strong", "Loss by learning rate"),
                    element(
                        "span",
                        " One training, each step at a larger rate. Quiet: the loss of each batch;"
                            + " strong: its mean over the steps around.")),
                chart(result).svg())
            .with("class", "wide");
    return Page.html(
        "Learning rates for " + title,
        "",
        List.of(
            element(
                "header",
                element("p", "Vitrine · learning-rate range test").with("class", "kicker"),
                element("h1", title),
                element("p", result.reason() + ".")),
            element(
                "section", element("h2", "Rates"), element("div", figure).with("class", "charts")),
            element("section", element("h2", "Numbers"), element("div", table(result))),
            element("section", element("h2", "Again"), element("pre", element("code", command)))));
  }

  private static Element table(RangeResult result) {
    Element rows = element("tbody");
    for (RatePoint p : result.spread(ROWS)) {
      rows =
          rows.add(
              element(
                  "tr",
                  element("th", Numbers.significant(p.rate(), 3)).with("scope", "row"),
                  element("td", Numbers.significant(p.loss(), 4)),
                  element("td", Numbers.significant(p.smoothed(), 4))));
    }
    Element head =
        element(
            "thead",
            element(
                "tr",
                element("th", "rate").with("scope", "col"),
                element("th", "loss").with("scope", "col"),
                element("th", "mean").with("scope", "col")));
    return Page.scrolling("Losses by rate", element("table", head, rows).with("class", "figures"));
  }

  /** Rates on a logarithmic axis; losses beyond the means' are cut off. */
  static LineChart chart(RangeResult result) {
    List<Point> losses = new ArrayList<>();
    List<Point> means = new ArrayList<>();
    for (RatePoint p : result.points()) {
      losses.add(new Point(p.rate(), p.loss()));
      means.add(new Point(p.rate(), p.smoothed()));
    }
    double most = means.stream().mapToDouble(Point::y).max().orElse(1);
    List<Series> series = new ArrayList<>();
    result
        .suggestion()
        .ifPresent(rate ->
            series.add(
                Series.scattered(
                    "suggested: " + Decimal.text(rate), 2, List.of(nearest(means, rate)))));
    series.add(Series.of("mean", 0, means));
    series.add(Series.of("batch", 1, losses));
    return new LineChart(
        "Loss by learning rate. " + result.reason(),
        Axis.log("learning rate", result.range().from(), result.range().to()),
        Axis.linear("nats", 0, most, 6),
        series,
        WIDTH,
        HEIGHT);
  }

  private static Point nearest(List<Point> means, double rate) {
    Point nearest = means.getFirst();
    for (Point each : means) {
      boolean nearer = Math.abs(Math.log(each.x() / rate)) < Math.abs(Math.log(nearest.x() / rate));
      nearest = nearer ? each : nearest;
    }
    return nearest;
  }
}
