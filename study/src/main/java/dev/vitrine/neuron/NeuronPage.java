package dev.vitrine.neuron;

import static dev.vitrine.report.Html.element;

import dev.vitrine.error.UserException;
import dev.vitrine.report.Html.Element;
import dev.vitrine.report.Page;
import dev.vitrine.trace.language.Notation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Units of two inputs as a drawing in vectors, and as a page with their truth table. */
public final class NeuronPage {
  private static final int SIDE = 360;
  private static final int MARGIN = 40;

  private NeuronPage() {}

  /**
   * {@return the drawing: shaded where the output's sum is at least 0, a filled circle for a row
   * whose output is true, an empty one for one whose is not}
   *
   * @param text the units, as {@link Neuron#of} takes them
   * @param activation of the lines that say none
   * @param coding what stands for true and false
   * @throws UserException if they have other than two inputs, or their output decides nothing
   */
  public static Element svg(String text, Squash activation, Coding coding) {
    Neuron neuron = Neuron.of(text, activation, coding);
    if (neuron.inputs().size() != 2 || neuron.table().isEmpty()) {
      throw new UserException(
          "A drawing is of units of two inputs whose output is true or false, but there are %s inputs%s"
              .formatted(
                  neuron.inputs().size(),
                  neuron.table().isEmpty() ? " and an output of any number" : ""));
    }
    Plane plane = new Plane(text, activation, coding, neuron.inputs());
    Element svg =
        element("svg")
            .with("viewBox", "0 0 %s %s".formatted(SIDE + 2 * MARGIN, SIDE + 2 * MARGIN))
            .with("width", Integer.toString(SIDE + 2 * MARGIN))
            .with("class", "chart")
            .with("role", "img")
            .with("aria-label", label(neuron))
            .with("xmlns", "http://www.w3.org/2000/svg");
    return svg.add(plane.shaded()).addAll(plane.axes()).addAll(plane.rows());
  }

  private static String label(Neuron neuron) {
    return "Where %s is true, over %s and %s: %s"
        .formatted(
            neuron.units().getLast(),
            neuron.inputs().get(0),
            neuron.inputs().get(1),
            neuron.name().orElse("a function without a usual name"));
  }

  /**
   * {@return a page with the drawing and the truth table}
   *
   * @param text the units
   * @param activation of the lines that say none
   * @param coding what stands for true and false
   * @param command that gives it again
   * @throws UserException as {@link #svg}
   */
  public static String html(String text, Squash activation, Coding coding, String command) {
    Neuron neuron = Neuron.of(text, activation, coding);
    Element table =
        element("pre", element("code", NeuronText.text(neuron))).with("class", "numbers");
    String title = neuron.name().orElse("Threshold units");
    return Page.html(
        title,
        "study look",
        List.of(
            element(
                "header",
                element("p", "Vitrine · neuron").with("class", "kicker"),
                element("h1", title)),
            element(
                "section",
                element("h2", "Where the output is true"),
                element(
                        "figure",
                        svg(text, activation, coding),
                        element(
                            "figcaption",
                            "shaded where the output is true; filled circles are rows whose output is true"))
                    .with("class", "plane")),
            element("section", element("h2", "Truth table"), Page.scrolling("Truth table", table)),
            element("section", element("h2", "Again"), element("pre", element("code", command)))));
  }

  /** The inputs' plane, with its parts as elements. */
  private static final class Plane {
    private final UnitLines lines;
    private final List<Squash> activations;
    private final Coding coding;
    private final List<String> inputs;
    private final double low;
    private final double high;

    Plane(String text, Squash activation, Coding coding, List<String> inputs) {
      lines = UnitLines.of(text);
      activations = lines.lines().stream().map(line -> line.own().orElse(activation)).toList();
      this.coding = coding;
      this.inputs = inputs;
      low = coding == Coding.SIGNS ? -2 : -0.5;
      high = coding == Coding.SIGNS ? 2 : 1.5;
    }

    private boolean on(double x, double y) {
      return Neuron.sumAt(lines, activations, inputs, x, y) >= 0;
    }

    private double x(double value) {
      return MARGIN + SIDE * (value - low) / (high - low);
    }

    private double y(double value) {
      return MARGIN + SIDE * (high - value) / (high - low);
    }

    /** One shape, so that parts that touch leave no stripe between them. */
    Element shaded() {
      StringBuilder path = new StringBuilder();
      for (Polygon part : new Shading(lines, activations, inputs, low, high).parts()) {
        String sign = "M";
        for (Polygon.Corner corner : part.corners()) {
          path.append(sign).append(number(x(corner.x()))).append(' ').append(number(y(corner.y())));
          sign = "L";
        }
        path.append('Z');
      }
      return element("path")
          .with("class", "true")
          .with("d", path.toString())
          .with("fill", "currentColor")
          .with("fill-opacity", "0.15");
    }

    List<Element> axes() {
      List<Element> parts = new ArrayList<>();
      parts.add(
          element("rect")
              .with("x", number(MARGIN))
              .with("y", number(MARGIN))
              .with("width", number(SIDE))
              .with("height", number(SIDE))
              .with("fill", "none")
              .with("stroke", "currentColor")
              .with("stroke-opacity", "0.4"));
      for (int value : new int[] {coding.number(false), coding.number(true)}) {
        String text = Integer.toString(value).replace('-', '−');
        parts.add(text(text, x(value), MARGIN + SIDE + 18));
        parts.add(text(text, MARGIN - 14, y(value) + 5));
      }
      parts.add(
          text(Notation.UNICODE.name(inputs.get(0)), MARGIN + SIDE / 2.0, MARGIN + SIDE + 32));
      parts.add(text(Notation.UNICODE.name(inputs.get(1)), MARGIN - 14, MARGIN - 12));
      return parts;
    }

    List<Element> rows() {
      List<Element> circles = new ArrayList<>();
      for (boolean first : new boolean[] {false, true}) {
        for (boolean second : new boolean[] {false, true}) {
          int a = coding.number(first);
          int b = coding.number(second);
          circles.add(
              element("circle")
                  .with("cx", number(x(a)))
                  .with("cy", number(y(b)))
                  .with("r", "7")
                  .with("fill", on(a, b) ? "currentColor" : "none")
                  .with("stroke", "currentColor")
                  .with("stroke-width", "2"));
        }
      }
      return circles;
    }

    private static Element text(String text, double x, double y) {
      return element("text", text)
          .with("x", number(x))
          .with("y", number(y))
          .with("text-anchor", "middle")
          .with("fill", "currentColor");
    }

    private static String number(double value) {
      return String.format(Locale.ROOT, "%.2f", value);
    }
  }
}
