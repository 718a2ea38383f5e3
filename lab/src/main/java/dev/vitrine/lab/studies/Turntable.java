package dev.vitrine.lab.studies;

import static dev.vitrine.report.Html.element;

import dev.vitrine.report.Html;
import dev.vitrine.report.Html.Element;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Points and planes over the square ±3, seen from all around. The page turns them without a script:
 * each view stands behind one of a row of buttons, which arrow keys step through.
 *
 * @param points (x₁, x₂, d)
 * @param planes what is drawn as a net, by name, each (w₀, w₁, w₂)
 */
record Turntable(List<double[]> points, List<Plane> planes) {
  private static final int VIEWS = 24;
  private static final int FIRST = 5;
  private static final int NET = 8;

  /** How far the square reaches: standard normal places seldom lie outside. */
  private static final double REACH = 3;

  private static final int WIDTH = 520;
  private static final int HEIGHT = 440;
  private static final double TILT = Math.toRadians(24);

  /** A plane {@code d = w₀ + w₁x₁ + w₂x₂}. */
  record Plane(String name, double[] w) {}

  Element drawing() {
    Element box = element("div").with("class", "turntable").add(new Html.Style(css()));
    for (int view = 0; view < VIEWS; view++) {
      Element button =
          element("input")
              .with("type", "radio")
              .with("name", "turntable")
              .with("aria-label", "turned by %s degrees".formatted(view * 360 / VIEWS));
      box = box.add(view == FIRST ? button.with("checked", "checked") : button);
    }
    List<Element> views = IntStream.range(0, VIEWS).mapToObj(this::view).toList();
    return box.add(element("div").with("class", "views").addAll(views));
  }

  private static String css() {
    StringBuilder rules = new StringBuilder();
    for (int view = 1; view <= VIEWS; view++) {
      rules.append(
          ".turntable input:nth-of-type(%s):checked ~ .views svg:nth-of-type(%s) { display: block; }\n"
              .formatted(view, view));
    }
    return rules.toString();
  }

  private Element view(int number) {
    double turn = 2 * Math.PI * number / VIEWS;
    Element svg =
        element("svg")
            .with("xmlns", "http://www.w3.org/2000/svg")
            .with("class", "chart")
            .with("viewBox", "0 0 %s %s".formatted(WIDTH, HEIGHT))
            .with("role", "img")
            .with("aria-label", "points and planes, turned by %s°".formatted(number * 360 / VIEWS))
            .add(floor(turn), legend());
    for (int i = 0; i < planes.size(); i++) {
      svg = svg.add(net(planes.get(i).w(), style(i), turn));
    }
    return svg.add(dots(turn));
  }

  private static int style(int plane) {
    return plane == 0 ? 0 : 2;
  }

  private Element legend() {
    Element legend = element("g").with("class", "legend");
    for (int i = 0; i < planes.size(); i++) {
      double y = 14 + 18.0 * i;
      Element sign =
          element("line").with("x1", "8").with("x2", "28").with("y1", n(y)).with("y2", n(y));
      legend =
          legend.add(
              sign.with("class", "line s" + style(i)), label(34, y + 4, planes.get(i).name()));
    }
    return legend;
  }

  private Element floor(double turn) {
    double low = low();
    Element grid = element("g").with("class", "ticks");
    double[][] corners = {{-REACH, -REACH}, {REACH, -REACH}, {REACH, REACH}, {-REACH, REACH}};
    StringBuilder outline = new StringBuilder();
    for (double[] at : corners) {
      outline.append(pair(at[0], at[1], low, turn)).append(' ');
    }
    double[] first = project(1.2 * REACH, 0, low, turn);
    double[] second = project(0, 1.2 * REACH, low, turn);
    return grid.add(
        element("polygon").with("points", outline.toString().strip()).with("class", "floor"),
        label(first[0] - 6, first[1], "x₁"),
        label(second[0] - 6, second[1], "x₂"));
  }

  private Element net(double[] w, int style, double turn) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i <= NET; i++) {
      double at = REACH * (2.0 * i / NET - 1);
      path.append('M').append(on(w, at, -REACH, turn)).append('L').append(on(w, at, REACH, turn));
      path.append('M').append(on(w, -REACH, at, turn)).append('L').append(on(w, REACH, at, turn));
    }
    return element("path")
        .with("class", "line s" + style)
        .with("style", "stroke-width:1")
        .with("d", path.toString());
  }

  private String on(double[] w, double x1, double x2, double turn) {
    return pair(x1, x2, w[0] + w[1] * x1 + w[2] * x2, turn);
  }

  private Element dots(double turn) {
    List<double[]> places = new ArrayList<>();
    points.forEach(p -> places.add(project(p[0], p[1], p[2], turn)));
    places.sort(Comparator.comparingDouble(p -> -p[2])); // the nearest is drawn last
    Element dots = element("g").with("class", "s3");
    for (double[] at : places) {
      dots = dots.add(element("circle").with("cx", n(at[0])).with("cy", n(at[1])).with("r", "2.4"));
    }
    return dots;
  }

  /** The first plane's lowest corner; the others may reach out of the picture. */
  private double low() {
    return planes.getFirst().w()[0] - rise();
  }

  private double rise() {
    double[] w = planes.getFirst().w();
    return Math.max(REACH * (Math.abs(w[1]) + Math.abs(w[2])), 1e-9);
  }

  /** Across, down and away; the heights are squeezed into ±0.8. */
  private double[] project(double x1, double x2, double height, double turn) {
    double z = 0.8 * (height - low()) / rise() - 0.8;
    double across = (x1 * Math.cos(turn) - x2 * Math.sin(turn)) / REACH;
    double away = (x1 * Math.sin(turn) + x2 * Math.cos(turn)) / REACH;
    double down = -z * Math.cos(TILT) - away * Math.sin(TILT);
    double scale = 165;
    return new double[] {WIDTH / 2.0 + scale * across, HEIGHT / 2.0 + 15 + scale * down, away};
  }

  private String pair(double x1, double x2, double height, double turn) {
    double[] at = project(x1, x2, height, turn);
    return n(at[0]) + "," + n(at[1]);
  }

  private static Element label(double x, double y, String text) {
    return element("text", text).with("x", n(x)).with("y", n(y));
  }

  private static String n(double coordinate) {
    return String.format(Locale.ROOT, "%.1f", coordinate);
  }
}
