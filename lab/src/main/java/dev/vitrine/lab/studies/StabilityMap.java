package dev.vitrine.lab.studies;

import static dev.vitrine.report.Html.element;

import dev.vitrine.lab.studies.HeavyBall.Fate;
import dev.vitrine.report.Html.Element;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Which pairs of μ and ηh converge: measured cells, and the predicted border over them. */
final class StabilityMap {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 400;
  private static final int LEFT = 50;
  private static final int TOP = 30;
  private static final int BOTTOM = 42;
  private static final double LOW = -1.1;
  private static final double HIGH = 1.1;
  private static final double MOST = 4.4;

  private final int columns;
  private final int rows;
  private final int steps;
  private final Map<Fate, StringBuilder> cells = new EnumMap<>(Fate.class);
  private int agreeing;
  private int border;
  private int wrong;

  /** Measures all cells. */
  StabilityMap(int columns, int steps) {
    this.columns = columns;
    this.rows = columns;
    this.steps = steps;
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j < rows; j++) {
        measure(i, j);
      }
    }
  }

  private void measure(int i, int j) {
    double mu = LOW + (HIGH - LOW) * (i + 0.5) / columns;
    double etaH = MOST * (j + 0.5) / rows;
    Fate fate = Fate.of(HeavyBall.measuredRate(mu, etaH, steps));
    if (fate == Fate.BORDER) {
      border++;
    } else if ((fate == Fate.CONVERGES) == HeavyBall.predictedToConverge(mu, etaH)) {
      agreeing++;
    } else {
      wrong++;
    }
    double width = (double) (WIDTH - LEFT - 10) / columns;
    double height = (double) (HEIGHT - TOP - BOTTOM) / rows;
    cells
        .computeIfAbsent(fate, _ -> new StringBuilder())
        .append(
            "M%s,%sh%sv%sh-%sz"
                .formatted(
                    n(x(mu) - width / 2), n(y(etaH) - height / 2), n(width), n(height), n(width)));
  }

  /** How many cells agree with the rule. */
  int agreeing() {
    return agreeing;
  }

  /** How many are too near to it for so many steps to tell. */
  int border() {
    return border;
  }

  /** How many contradict it. */
  int wrong() {
    return wrong;
  }

  int size() {
    return columns * rows;
  }

  Element drawing() {
    Element svg =
        element("svg")
            .with("xmlns", "http://www.w3.org/2000/svg")
            .with("class", "chart")
            .with("viewBox", "0 0 %s %s".formatted(WIDTH, HEIGHT))
            .with("role", "img")
            .with("aria-label", "Which pairs of μ and ηh converge");
    svg = svg.add(cells(Fate.CONVERGES, "var(--accent)", "0.28"));
    svg = svg.add(cells(Fate.DIVERGES, "var(--warm)", "0.22"));
    svg = svg.add(cells(Fate.BORDER, "var(--quiet)", "0.5"));
    String triangle =
        "M%s,%sL%s,%sL%s,%sz".formatted(n(x(-1)), n(y(0)), n(x(1)), n(y(4)), n(x(1)), n(y(0)));
    svg =
        svg.add(
            element("path").with("class", "line s3").with("d", triangle),
            key(LEFT + 6, "var(--accent)", "measured: converges"),
            key(LEFT + 166, "var(--warm)", "diverges"),
            key(LEFT + 256, "var(--quiet)", "too near to tell"),
            label(WIDTH - 10, 16, "end", "line: predicted"));
    return svg.add(ticks());
  }

  private Element cells(Fate fate, String colour, String opacity) {
    return element("path")
        .with("d", cells.getOrDefault(fate, new StringBuilder()).toString())
        .with("style", "fill:%s;fill-opacity:%s".formatted(colour, opacity));
  }

  private static Element key(double x, String colour, String text) {
    Element square =
        element("rect")
            .with("x", n(x))
            .with("y", "6")
            .with("width", "12")
            .with("height", "12")
            .with("style", "fill:%s;fill-opacity:0.5".formatted(colour));
    return element("g", square, label(x + 18, 16, "start", text)).with("class", "legend");
  }

  private static Element ticks() {
    Element ticks = element("g").with("class", "ticks");
    for (int i = -2; i <= 2; i++) {
      ticks = ticks.add(label(x(i / 2.0), HEIGHT - BOTTOM + 18, "middle", Say.setting(i / 2.0)));
    }
    for (int i = 0; i <= 4; i++) {
      ticks = ticks.add(label(LEFT - 8, y(i) + 4, "end", Integer.toString(i)));
    }
    return ticks.add(
        label(WIDTH - 10, HEIGHT - 4, "end", "momentum μ"), label(LEFT - 8, 16, "end", "ηh"));
  }

  private static double x(double mu) {
    return LEFT + (mu - LOW) / (HIGH - LOW) * (WIDTH - LEFT - 10);
  }

  private static double y(double etaH) {
    return HEIGHT - BOTTOM - etaH / MOST * (HEIGHT - TOP - BOTTOM);
  }

  private static Element label(double x, double y, String anchor, String text) {
    return element("text", text).with("x", n(x)).with("y", n(y)).with("text-anchor", anchor);
  }

  private static String n(double coordinate) {
    return String.format(Locale.ROOT, "%.1f", coordinate);
  }
}
