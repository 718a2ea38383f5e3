package dev.vitrine.trace.page;

import static dev.vitrine.report.Html.element;

import dev.vitrine.report.Html.Element;
import dev.vitrine.tensor.Shape;
import dev.vitrine.trace.Trace;
import dev.vitrine.trace.Trace.Backward;
import dev.vitrine.trace.Trace.Forward;
import dev.vitrine.trace.Trace.Local;
import dev.vitrine.trace.language.Figures;
import dev.vitrine.trace.language.Notation;
import dev.vitrine.trace.language.Printer;
import dev.vitrine.trace.language.Tensor;
import dev.vitrine.trace.page.GraphView.Drawn;
import dev.vitrine.trace.page.Repeats.Chain;
import dev.vitrine.trace.page.TraceData.Edge;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A trace's graph: nodes with their values above and gradients below, local derivatives between.
 */
final class GraphDrawing {
  private static final int BOX = 116;
  private static final int TALL = 40;
  private static final int ACROSS = 200;
  private static final int DOWN = 104;
  private static final int MARGIN = 26;

  /** A drawing shrinks to that on a narrow screen, and is scrolled beyond. */
  private static final double SMALLEST = 0.8;

  private static final int LONGEST = 18;

  /** How far the boxes behind a folded one look out. */
  private static final int BEHIND = 4;

  private final Trace trace;
  private final GraphView view;
  private final List<String> nodes;
  private final List<Drawn> edges;
  private final Layers layers;

  private GraphDrawing(Trace trace, GraphView view) {
    this.trace = trace;
    this.view = view;
    List<String> names = new ArrayList<>(trace.given().keySet());
    trace.forward().forEach(step -> names.add(step.name()));
    nodes = view.nodes(names);
    edges = view.edges(TraceData.edges(trace));
    layers = new Layers(nodes, edges.stream().map(Drawn::edge).toList());
  }

  static Element of(Trace trace, GraphView view) {
    return new GraphDrawing(trace, view).svg();
  }

  private Element svg() {
    int width = (layers.columns() - 1) * ACROSS + BOX + 2 * MARGIN;
    int height = (int) Math.ceil(layers.deepest() * DOWN) + TALL + 2 * MARGIN;
    Element svg =
        element("svg")
            .with("class", "trace")
            .with("data-view", view.id())
            .with("width", "" + width)
            .with("height", "" + height)
            .with("style", "min-width: %spx".formatted(Math.round(width * SMALLEST)))
            .with("viewBox", "0 0 %s %s".formatted(width, height))
            .with("role", "group")
            .with("aria-label", "The graph, from what is given to " + trace.objective());
    for (Drawn drawn : edges) {
      svg = svg.add(edge(drawn));
    }
    for (String name : nodes) {
      svg = svg.add(node(name));
    }
    return svg;
  }

  private Element node(String name) {
    Chain chain = view.folded().get(name);
    if (chain != null) {
      return folded(name, chain);
    }
    Optional<Forward> step =
        trace.forward().stream().filter(s -> s.name().equals(name)).findFirst();
    String kind = step.isEmpty() ? "leaf" : name.equals(trace.objective()) ? "end" : "step";
    String formula =
        step.map(s -> "= " + Printer.text(s.expression(), Notation.UNICODE)).orElse("given");
    String shown = Notation.UNICODE.name(name);
    return node(
        new Box(name, kind, shown, formula, "%s %s".formatted(shown, formula), name), List.of());
  }

  private Element folded(String name, Chain chain) {
    String span =
        "%s … %s"
            .formatted(Notation.UNICODE.name(chain.first()), Notation.UNICODE.name(chain.last()));
    String said =
        "%s equal blocks, %s, each %s of the one before, □; click to unfold them"
            .formatted(chain.times(), span, chain.formula());
    boolean end = chain.last().equals(trace.objective());
    Element back = element("g").with("class", "behind");
    double x = x(layers.column(name));
    double y = y(name);
    for (int k = 2; k > 0; k--) {
      back = back.add(box(x + k * BEHIND, y + k * BEHIND));
    }
    Box box =
        new Box(
            name,
            end ? "folded end" : "folded",
            "%s ×%s".formatted(span, chain.times()),
            chain.formula(),
            said,
            chain.last());
    return node(box, List.of(back))
        .with("role", "button")
        .with("data-opens", view.opens().get(name));
  }

  private double x(int column) {
    return MARGIN + column * (double) ACROSS;
  }

  private double y(String place) {
    return MARGIN + layers.height(place) * DOWN;
  }

  /**
   * A node as it is drawn.
   *
   * @param name the node's
   * @param kind its class
   * @param title what stands in it
   * @param formula below that
   * @param said of it to who cannot see it
   * @param number the name whose value and gradient stand beside it
   */
  private record Box(
      String name, String kind, String title, String formula, String said, String number) {}

  private static Element box(double x, double y) {
    return element("rect")
        .with("class", "box")
        .with("x", at(x))
        .with("y", at(y))
        .with("width", "" + BOX)
        .with("height", "" + TALL)
        .with("rx", "6");
  }

  private Element node(Box of, List<Element> behind) {
    double x = x(layers.column(of.name()));
    double y = y(of.name());
    double middle = x + BOX / 2.0;
    String value = brief(trace.value(of.number()));
    Optional<Backward> gradient =
        trace.backward().stream().filter(b -> b.name().equals(of.number())).findFirst();
    String said =
        "%s, value %s%s"
            .formatted(
                of.said(), value, gradient.map(g -> ", gradient " + brief(g.value())).orElse(""));
    Element group =
        element("g", element("title", said))
            .with("class", of.kind())
            .with("data-node", of.name())
            .with("tabindex", "0")
            .with("role", "img")
            .with("aria-label", said)
            .addAll(behind)
            .add(
                box(x, y),
                text(middle, y + 17, "title", of.title()),
                text(middle, y + 32, "formula", cut(of.formula())),
                number(middle, y - 7, "value", "value:" + of.number(), value));
    double below = y + TALL + 16 + (behind.isEmpty() ? 0 : 2 * BEHIND);
    return gradient
        .map(g ->
            group.add(
                number(middle, below, "gradient", "gradient:" + of.number(), brief(g.value()))))
        .orElse(group);
  }

  private static String cut(String formula) {
    return formula.codePointCount(0, formula.length()) <= LONGEST
        ? formula
        : formula.substring(0, formula.offsetByCodePoints(0, LONGEST - 1)) + "…";
  }

  private static String at(double place) {
    return String.format(Locale.ROOT, "%.1f", place);
  }

  private static Element text(double x, double y, String kind, String text) {
    return element("text", text).with("class", kind).with("x", at(x)).with("y", at(y));
  }

  private static Element number(double x, double y, String kind, String key, String text) {
    return text(x, y, kind, text).with("data-number", key).with("data-brief", "1");
  }

  /** A number to a few digits; of many their shape. */
  static String brief(Tensor value) {
    Shape shape = value.shape();
    if (shape.rank() > 0) {
      return "%s×%s".formatted(shape.size(0), shape.rank() == 1 ? 1 : shape.size(1));
    }
    return Figures.brief(
        Double.isFinite(value.at(0)) ? Double.parseDouble(five(value.at(0))) : value.at(0),
        Notation.UNICODE);
  }

  private static String five(double value) {
    return String.format(Locale.ROOT, "%.4e", value);
  }

  private Element edge(Drawn drawn) {
    Edge edge = drawn.edge();
    List<String> way = layers.way(edge.from(), edge.to());
    StringBuilder path = new StringBuilder();
    double x0 = x(layers.column(edge.from())) + BOX;
    double y0 = y(edge.from()) + TALL / 2.0;
    path.append("M%s,%s".formatted(at(x0), at(y0)));
    double labelX = 0;
    double labelY = 0;
    for (int k = 1; k < way.size(); k++) {
      int column = layers.column(edge.from()) + k;
      double x1 = x(column);
      double y1 = y(way.get(k)) + TALL / 2.0;
      double half = (x1 - x0) / 2;
      path.append(
          "C%s,%s %s,%s %s,%s"
              .formatted(at(x0 + half), at(y0), at(x1 - half), at(y1), at(x1), at(y1)));
      // Beside its user: there the edges of one node have parted.
      labelX = x0 + (x1 - x0) * 0.6;
      labelY = y0 + (y1 - y0) * 0.648;
      x0 = x1;
      y0 = y1;
      if (k < way.size() - 1) {
        path.append("L%s,%s".formatted(at(x1 + BOX), at(y1)));
        x0 = x1 + BOX;
      }
    }
    Element group =
        element("g", element("path").with("d", path.toString()))
            .with("class", "edge")
            .with("data-from", edge.from())
            .with("data-to", edge.to());
    if (drawn.meant().size() > 1) {
      String times = drawn.meant().size() + " lines";
      return group.add(text(labelX, labelY + 4, "local", times));
    }
    Edge meant = drawn.meant().getFirst();
    Optional<Local> local =
        trace.locals().stream()
            .filter(l -> l.of().equals(meant.to()) && l.by().equals(meant.from()))
            .findFirst();
    double lx = labelX;
    double ly = labelY + 4;
    return local
        .map(l ->
            group.add(
                number(
                    lx,
                    ly,
                    "local",
                    "local:%s|%s".formatted(l.of(), l.by()),
                    brief(Tensor.of(l.value())))))
        .orElse(group);
  }
}
