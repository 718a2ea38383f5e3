package dev.vitrine.report;

import static dev.vitrine.report.Html.element;

import dev.vitrine.report.Html.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A chart of lines as inline SVG: axes, round ticks, a legend, and under the pointer the values at
 * that place. It needs the classes of {@code report.css} for its colours and no script.
 *
 * @param description what a reader who cannot see it is told
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param series the lines; the first is drawn on top
 * @param width of the drawing, in its own units; a page scales it
 * @param height of the drawing
 */
public record LineChart(
    String description, Axis x, Axis y, List<Series> series, int width, int height) {
  private static final int LEFT = 54;
  private static final int GAP = 14;
  private static final int RIGHT = 12;

  /** Between a tick's text and the axis. */
  private static final int BESIDE = 8;

  /** The width of a character of a tick's text, which is mostly digits, in the widest of faces. */
  private static final double DIGIT = 8;

  private static final int TOP = 30;

  /** The height of a row of the legend. */
  private static final int ROW = 18;

  private static final int BOTTOM = 40;

  /** Lines of more points than this have no markers. */
  private static final int MOST_MARKERS = 40;

  /** With more distinct x than this, none answers to the pointer. */
  private static final int MOST_READOUTS = 400;

  private static final int SIGNIFICANT = 3;

  /** Copies the series. */
  public LineChart {
    series = List.copyOf(series);
  }

  /** {@return the chart as an {@code svg} element} */
  public Element svg() {
    return element("svg")
        .with("xmlns", "http://www.w3.org/2000/svg")
        .with("class", "chart")
        .with("viewBox", "0 0 %s %s".formatted(width, height))
        .with("role", "img")
        .with("aria-label", description)
        .add(grid(), labels(), legend())
        .addAll(series.reversed().stream().map(this::line).toList())
        .addAll(readouts());
  }

  private Element grid() {
    var lines = element("g").with("class", "grid");
    for (Axis.Tick tick : y.ticks()) {
      double at = down(tick.value());
      lines = lines.add(line(left(), at, right(), at));
    }
    double foot = height - BOTTOM;
    for (Axis.Tick tick : x.ticks()) {
      double at = across(tick.value());
      lines = lines.add(line(at, foot, at, foot + 4));
    }
    return lines.add(line(left(), foot, right(), foot).with("class", "base"));
  }

  private Element labels() {
    var labels = element("g").with("class", "ticks");
    for (Axis.Tick tick : y.ticks()) {
      labels = labels.add(label(left() - BESIDE, down(tick.value()) + 4, "end", tick.text()));
    }
    for (Axis.Tick tick : x.ticks()) {
      labels = labels.add(label(across(tick.value()), height - BOTTOM + 18, "middle", tick.text()));
    }
    return labels.add(
        label(right(), height - 4, "end", x.label()), label(left() - BESIDE, 16, "end", y.label()));
  }

  private Element legend() {
    var legend = element("g").with("class", "legend");
    double at = left() + GAP;
    int row = 0;
    for (Series one : series) {
      if (at > left() + GAP && at + room(one) > width) {
        at = left() + GAP;
        row++;
      }
      double down = row * (double) ROW;
      Element sign =
          one.joined()
              ? line(at, 12 + down, at + 20, 12 + down).with("class", "line s" + one.style())
              : marker(at + 10, 12 + down, one.style()).with("class", "s" + one.style());
      legend = legend.add(sign, label(at + 26, 16 + down, "start", one.name()));
      at += room(one);
    }
    return legend;
  }

  /** No text is measured here: eight units a letter is wide enough for the page's faces. */
  private static double room(Series one) {
    return 44 + 8.0 * one.name().length();
  }

  /** Where the drawing begins: below the legend. */
  private double top() {
    double at = left() + GAP;
    int rows = 1;
    for (Series one : series) {
      if (at > left() + GAP && at + room(one) > width) {
        at = left() + GAP;
        rows++;
      }
      at += room(one);
    }
    return TOP + (rows - 1) * (double) ROW;
  }

  private Element line(Series one) {
    var group = element("g").with("class", "s" + one.style());
    var band = one.band().stream().filter(r -> y.shows(r.low()) && y.shows(r.high())).toList();
    if (!band.isEmpty()) {
      var upper = band.stream().map(r -> pair(r.x(), r.high()));
      var lower = band.reversed().stream().map(r -> pair(r.x(), r.low()));
      String outline = Stream.concat(upper, lower).collect(Collectors.joining(" "));
      group = group.add(element("polygon").with("class", "band").with("points", outline));
    }
    if (one.joined()) {
      group = group.add(element("path").with("class", "line s" + one.style()).with("d", path(one)));
    }
    if (!one.joined() || one.points().size() <= MOST_MARKERS) {
      group = group.addAll(shown(one).map(point -> marker(point, one.style())).toList());
    }
    return group;
  }

  private Stream<Series.Point> shown(Series one) {
    return one.points().stream().filter(point -> y.shows(point.y()));
  }

  private String path(Series one) {
    var path = new StringBuilder();
    boolean down = false;
    for (Series.Point point : one.points()) {
      boolean shows = y.shows(point.y());
      if (shows) {
        path.append(down ? 'L' : 'M').append(pair(point.x(), point.y()));
      }
      down = shows;
    }
    return path.toString();
  }

  private Element marker(Series.Point point, int style) {
    return marker(across(point.x()), down(point.y()), style);
  }

  private static Element marker(double cx, double cy, int style) {
    if (style % 2 == 0) {
      return element("circle").with("cx", n(cx)).with("cy", n(cy)).with("r", "3");
    }
    return element("rect")
        .with("x", n(cx - 2.5))
        .with("y", n(cy - 2.5))
        .with("width", "5")
        .with("height", "5");
  }

  /** One group for each x, hidden until the pointer is nearest to that x. */
  private List<Element> readouts() {
    var places = new TreeSet<Double>();
    series.stream()
        .filter(Series::joined)
        .forEach(one -> shown(one).forEach(point -> places.add(point.x())));
    if (places.size() > MOST_READOUTS) {
      return List.of();
    }
    var groups = new ArrayList<Element>();
    for (double place : places) {
      Double before = places.lower(place);
      Double after = places.higher(place);
      double left = before == null ? left() : (across(before) + across(place)) / 2;
      double right = after == null ? right() : (across(place) + across(after)) / 2;
      groups.add(readout(place, left, right));
    }
    return groups;
  }

  private Element readout(double place, double left, double right) {
    var text =
        label(left() + GAP, 16, "start", "")
            .add(element("tspan", "%s %s".formatted(x.label(), x.reading(place))));
    var shown =
        element("g")
            .with("class", "readout")
            .add(line(across(place), top(), across(place), height - BOTTOM))
            .add(rectangle(left(), 0, width - left(), top() - 6).with("class", "cover"));
    for (Series one : series) {
      var value = one.points().stream().filter(p -> p.x() == place && y.shows(p.y())).findFirst();
      if (value.isPresent()) {
        shown = shown.add(marker(value.get(), one.style()).with("class", "s" + one.style()));
        String reading = Numbers.significant(value.get().y(), SIGNIFICANT);
        text =
            text.add(
                element("tspan", "%s %s".formatted(one.name(), reading))
                    .with("dx", Integer.toString(GAP))
                    .with("class", "s" + one.style()));
      }
    }
    return element("g")
        .with("class", "place")
        .add(rectangle(left, top(), Math.max(0, right - left), height - BOTTOM - top()))
        .add(shown.add(text));
  }

  /** Where the drawing begins: behind the longest text of the vertical axis. */
  private double left() {
    int longest = y.ticks().stream().mapToInt(tick -> tick.text().length()).max().orElse(0);
    return Math.max(LEFT, Math.ceil(BESIDE + DIGIT * longest));
  }

  /** Where it ends: the text of a last tick is not cut off. */
  private double right() {
    double half = x.ticks().isEmpty() ? 0 : DIGIT / 2 * x.ticks().getLast().text().length();
    return width - Math.max(RIGHT, Math.ceil(half));
  }

  private double across(double value) {
    return left() + x.position(value) * (right() - left());
  }

  private double down(double value) {
    return height - BOTTOM - y.position(value) * (height - BOTTOM - top());
  }

  private String pair(double xValue, double yValue) {
    return n(across(xValue)) + "," + n(down(yValue));
  }

  private static Element line(double x1, double y1, double x2, double y2) {
    return element("line").with("x1", n(x1)).with("y1", n(y1)).with("x2", n(x2)).with("y2", n(y2));
  }

  private static Element rectangle(double x, double y, double width, double height) {
    return element("rect")
        .with("x", n(x))
        .with("y", n(y))
        .with("width", n(width))
        .with("height", n(height));
  }

  private static Element label(double x, double y, String anchor, String text) {
    return element("text", text).with("x", n(x)).with("y", n(y)).with("text-anchor", anchor);
  }

  /** A coordinate to a tenth of a unit, finer than a pixel. */
  private static String n(double coordinate) {
    String text = String.format(Locale.ROOT, "%.1f", coordinate);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
