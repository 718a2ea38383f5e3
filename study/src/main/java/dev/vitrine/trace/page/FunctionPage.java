package dev.vitrine.trace.page;

import static dev.vitrine.report.Html.element;

import dev.vitrine.report.Axis;
import dev.vitrine.report.Html.Element;
import dev.vitrine.report.LineChart;
import dev.vitrine.report.Series;
import dev.vitrine.trace.function.FunctionDocument;
import dev.vitrine.trace.function.FunctionTrace;
import dev.vitrine.trace.function.FunctionTrace.Interval;
import dev.vitrine.trace.function.Identity;
import dev.vitrine.trace.function.Window;
import dev.vitrine.trace.language.Notation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/** What was found of a function as one page, with its curve and that of its slope as a chart. */
public final class FunctionPage {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final int TICKS = 6;

  private FunctionPage() {}

  /**
   * {@return the page as HTML, which is well-formed XML too; its title is the function's name}
   *
   * @param trace the function
   * @param identity an identity that was asked about
   */
  public static String html(FunctionTrace trace, Optional<Identity> identity) {
    Element figure = element("figure", chart(trace).svg());
    return DocumentPage.html(
        "A function and its slope",
        trace.title(),
        FunctionDocument.of(trace, identity, Notation.UNICODE),
        _ -> figure);
  }

  private static LineChart chart(FunctionTrace trace) {
    Window window = Window.of(trace);
    Axis x = Axis.exact("x", Window.FROM, Window.TO, 2 * TICKS - 1);
    Axis y = Axis.linear("y", window.low(), window.high(), TICKS);
    List<Series> series = new ArrayList<>();
    series.add(Series.of(trace.title(), 0, points(trace::value, y)));
    series.add(Series.of("its slope", 1, points(trace::slope, y)));
    List<Series.Range> flat = flat(trace.saturated(), y);
    if (!flat.isEmpty()) {
      series.add(new Series("saturated", 2, List.of(), flat, false));
    }
    String description =
        "%s and its slope, for x from −5 to 5%s"
            .formatted(trace.title(), flat.isEmpty() ? "" : "; where it is saturated is shaded");
    return new LineChart(description, x, y, series, WIDTH, HEIGHT);
  }

  /** A curve as far as it is within the chart; where it leaves that, it ends at the edge. */
  private static List<Series.Point> points(DoubleUnaryOperator curve, Axis y) {
    List<Series.Point> points = new ArrayList<>();
    for (int i = 0; i <= Window.STEPS; i++) {
      double value = curve.applyAsDouble(Window.at(i));
      boolean shown = value >= y.low() && value <= y.high();
      if (i > 0) {
        double before = curve.applyAsDouble(Window.at(i - 1));
        boolean showed = before >= y.low() && before <= y.high();
        if (shown != showed) {
          double edge = (shown ? before : value) > y.high() ? y.high() : y.low();
          double part = (edge - before) / (value - before);
          double at = Window.at(i - 1) + part * (Window.at(i) - Window.at(i - 1));
          points.add(new Series.Point(at, edge));
        }
      }
      points.add(new Series.Point(Window.at(i), shown ? value : Double.NaN));
    }
    return points;
  }

  /** Bands of full height over the intervals, joined by one without height. */
  private static List<Series.Range> flat(List<Interval> intervals, Axis y) {
    List<Series.Range> ranges = new ArrayList<>();
    for (Interval interval : intervals) {
      double from = Math.max(Window.FROM, interval.from());
      double to = Math.min(Window.TO, interval.to());
      if (from < to) {
        ranges.add(new Series.Range(from, y.low(), y.low()));
        ranges.add(new Series.Range(from, y.low(), y.high()));
        ranges.add(new Series.Range(to, y.low(), y.high()));
        ranges.add(new Series.Range(to, y.low(), y.low()));
      }
    }
    return ranges;
  }
}
