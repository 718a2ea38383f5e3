package dev.vitrine.vision.page;

import static dev.vitrine.report.Html.element;

import dev.vitrine.report.Html.Element;
import dev.vitrine.vision.model.Reliability;
import java.util.List;
import java.util.Locale;

/**
 * How often a network is right of what it is so sure of, as a diagram: on the diagonal it is right
 * as often as it says. A dot's area follows the count of cuts.
 */
final class ReliabilityFigure {
  private static final int SIDE = 240;
  private static final int LEFT = 52;
  private static final int TOP = 12;
  private static final int BELOW = 46;
  private static final double LEAST_DOT = 3;

  private ReliabilityFigure() {}

  static Element of(List<Reliability> all) {
    Element svg =
        element("svg")
            .with("viewBox", "0 0 %s %s".formatted(LEFT + SIDE + 20, TOP + SIDE + BELOW))
            .with("width", Integer.toString(LEFT + SIDE + 20))
            .with("role", "img")
            .with("aria-label", "how often digits are right, by how sure the network is of them");
    svg =
        svg.add(
            line(0, 0, 1, 0), line(0, 0, 0, 1), line(0, 0, 1, 1).with("stroke-dasharray", "4 4"));
    for (int tenth = 0; tenth <= 10; tenth += 5) {
      String percent = "%s %%".formatted(10 * tenth);
      svg = svg.add(label(percent, x(tenth / 10.0), y(0) + 18, "middle"));
      svg = svg.add(label(percent, x(0) - 6, y(tenth / 10.0) + 4, "end"));
    }
    svg = svg.add(label("confidence", x(0.5), y(0) + 38, "middle"));
    int most = all.stream().mapToInt(Reliability::cuts).max().orElse(1);
    for (Reliability each : all) {
      double radius = Math.max(LEAST_DOT, 8 * Math.sqrt((double) each.cuts() / most));
      String says =
          String.format(
              Locale.ROOT,
              "%.1f %% sure: %.1f %% of %,d right",
              100 * each.confidence(),
              100 * each.right(),
              each.cuts());
      svg =
          svg.add(
              element("circle", element("title", says))
                  .with("cx", number(x(each.confidence())))
                  .with("cy", number(y(each.right())))
                  .with("r", number(radius))
                  .with("fill", "#00823c"));
    }
    return element(
        "section",
        element("h2", "How far it can be believed"),
        element(
            "figure",
            svg,
            element(
                "figcaption",
                "The share that the network is right of (upwards) where it is so sure (to the right), of cuts that it has not learned from. On the dashed line it is right as often as it says.")));
  }

  private static double x(double share) {
    return LEFT + share * SIDE;
  }

  private static double y(double share) {
    return TOP + (1 - share) * SIDE;
  }

  private static Element line(double fromX, double fromY, double toX, double toY) {
    return element("line")
        .with("x1", number(x(fromX)))
        .with("y1", number(y(fromY)))
        .with("x2", number(x(toX)))
        .with("y2", number(y(toY)))
        .with("stroke", "currentColor")
        .with("stroke-opacity", "0.6");
  }

  private static Element label(String text, double x, double y, String anchor) {
    return element("text", text)
        .with("x", number(x))
        .with("y", number(y))
        .with("text-anchor", anchor)
        .with("font-size", "12")
        .with("fill", "currentColor");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
