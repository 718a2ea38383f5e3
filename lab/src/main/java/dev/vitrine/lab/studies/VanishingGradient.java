package dev.vitrine.lab.studies;

import dev.vitrine.lab.report.Block;
import dev.vitrine.lab.report.Figure;
import dev.vitrine.lab.report.Grid;
import dev.vitrine.lab.report.Report;
import dev.vitrine.report.Series.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Where a sigmoid passes a gradient on undiminished, and what many layers make of it. */
final class VanishingGradient implements Computed {
  private static final int UNITS = 20;
  private static final int DIGITS = 4;

  @Override
  public String name() {
    return "vanishing-gradient";
  }

  /** Gradient norms by layer. */
  private record Deep(int depth, double k, List<Double> norms) {
    /** The mean factor from a layer to the one before it. */
    double factor() {
      return Math.pow(norms.getFirst() / norms.getLast(), 1.0 / (norms.size() - 1));
    }

    Figure.Line line(String name) {
      List<Point> points = new ArrayList<>();
      for (int layer = 0; layer < norms.size(); layer++) {
        points.add(new Point(layer + 1, norms.get(layer)));
      }
      return Figure.Line.of(name, points);
    }
  }

  @Override
  public Report run(Desk desk) {
    StudyImages images = StudyImages.of(desk, desk.counts("images").getFirst(), 100);
    int width = desk.counts("width").getFirst();
    List<Deep> sigmoid = new ArrayList<>();
    for (int depth : desk.counts("depths")) {
      sigmoid.add(deep(desk, images, depth, width, 1, false));
    }
    List<Deep> steep = new ArrayList<>();
    for (double k : desk.numbers("steepness")) {
      steep.add(deep(desk, images, UNITS, width, k, true));
    }
    return new Report(
        name(),
        "The vanishing gradient",
        "Where is |w σ′(wa + b)| ≥ 1, and what do many sigmoid layers make of a gradient?",
        conclusions(desk, sigmoid, steep),
        List.of(
            Report.Section.of("One unit", widths()),
            Report.Section.of("A chain", chains(desk)),
            Report.Section.of(
                "Networks",
                new Block.Text(
                    images.origin()
                        + " Weights are drawn with variance 1/n; the gradient is that of the biases (the mean δ of a layer) over the first 256 images, before any step."),
                figure(
                    "sigmoid", "Gradient norm by layer, sigmoid networks by depth", sigmoid, false),
                figure(
                    "exploding",
                    "The same through 20 layers of σ(kz) whose biases centre them as the chain's",
                    steep,
                    true),
                table(sigmoid, steep)),
            Report.Section.of("The documents", reported())),
        Map.of());
  }

  private static Deep deep(
      Desk desk, StudyImages images, int depth, int width, double k, boolean centred) {
    desk.progress().accept("%s layers of σ(%s z)".formatted(depth, Say.setting(k)));
    return new Deep(
        depth,
        k,
        DeepSigmoids.norms(
            desk, images, DeepSigmoids.model(desk, depth, width, k, centred), depth));
  }

  private static List<String> conclusions(Desk desk, List<Deep> sigmoid, List<Deep> steep) {
    List<String> said = new ArrayList<>();
    double w = Vanishing.widest();
    said.add(
        "A unit passes a gradient on undiminished on an interval of inputs that is nowhere wider than %s, at |w| = %s; for |w| below 4 there is none."
            .formatted(Say.number(Vanishing.measuredWidth(w), 5), Say.number(w, DIGITS)));
    Deep deepest = sigmoid.getLast();
    said.add(
        "In the network of %s sigmoid layers each layer leaves %s of the gradient to the one before it: the first hidden layer gets %s of what the last gets."
            .formatted(
                deepest.depth,
                Say.number(deepest.factor(), 2),
                Say.number(deepest.norms.getFirst() / deepest.norms.getLast(), 2)));
    List<Double> grow = steep.stream().filter(d -> d.factor() > 1).map(Deep::k).toList();
    List<Double> shrink = steep.stream().filter(d -> d.factor() < 1).map(Deep::k).toList();
    said.add(
        "With units σ(kz) it %s for k = %s and %s."
            .formatted(
                "vanishes",
                shrink.isEmpty() ? "none tried" : Say.settings(shrink),
                grow.isEmpty()
                    ? "explodes for none tried"
                    : "grows for k = " + Say.settings(grow)));
    said.add(
        "In the chain of %s such units the gradient is exactly (k/4)²⁰: %s."
            .formatted(
                UNITS,
                Say.list(
                    desk.numbers("chain").stream()
                        .map(k ->
                            "%s for k = %s"
                                .formatted(
                                    Say.number(Vanishing.chain(UNITS, k), 7), Say.setting(k)))
                        .toList())));
    return said;
  }

  private static Figure widths() {
    List<Point> formula = new ArrayList<>();
    List<Point> measured = new ArrayList<>();
    for (int i = 0; i <= 144; i++) {
      double w = 4 + i * 0.25;
      formula.add(new Point(w, Vanishing.width(w)));
      if (i % 8 == 0) {
        measured.add(new Point(w, Vanishing.measuredWidth(w)));
      }
    }
    return new Figure(
        "width",
        "The width of the interval of inputs on which |w σ′(wa + b)| ≥ 1, by the formula and by bisection",
        Figure.Scale.linear("|w|"),
        Figure.Scale.linear("width"),
        List.of(Figure.Line.of("formula", formula), Figure.Line.scattered("bisection", measured)));
  }

  private static Grid chains(Desk desk) {
    Grid grid =
        Grid.of(
            "chain",
            "The gradient through 20 units σ(kz), w = 1, b = −½, input ½, by the engine in double precision",
            "k",
            "gradient",
            "(k/4)²⁰");
    for (double k : desk.numbers("chain")) {
      grid =
          grid.row(
              Say.setting(k),
              Say.number(Vanishing.chain(UNITS, k), 7),
              Say.number(Math.pow(k / 4, UNITS), 7));
    }
    return grid;
  }

  private static Figure figure(String id, String caption, List<Deep> nets, boolean byK) {
    return new Figure(
        id,
        caption,
        Figure.Scale.linear("layer"),
        Figure.Scale.log("norm"),
        nets.stream()
            .map(net -> net.line(byK ? "k " + Say.setting(net.k) : net.depth + " layers"))
            .toList());
  }

  private static Grid table(List<Deep> sigmoid, List<Deep> steep) {
    Grid grid =
        Grid.of(
            "norms",
            "The gradient at the first and the last hidden layer, and the mean factor from a layer to the one before it",
            "network",
            "first",
            "last",
            "first/last",
            "factor a layer");
    List<Deep> all = new ArrayList<>(sigmoid);
    all.addAll(steep);
    for (Deep net : all) {
      boolean centred = steep.contains(net);
      grid =
          grid.row(
              "%s layers, σ(%s z)%s"
                  .formatted(net.depth, Say.setting(net.k), centred ? ", centred" : ""),
              Say.number(net.norms.getFirst(), 3),
              Say.number(net.norms.getLast(), 3),
              Say.number(net.norms.getFirst() / net.norms.getLast(), 3),
              Say.number(net.factor(), 3));
    }
    return grid;
  }

  private static Grid reported() {
    double w = Vanishing.widest();
    return Grid.of(
            "reported",
            "What the documents reported beside what was found",
            "quantity",
            "reported",
            "found")
        .row("|w| of the widest interval", "6.894", Say.number(w, DIGITS))
        .row("its width", "0.44774", Say.number(Vanishing.measuredWidth(w), 5))
        .row("chain of 20, k 1", "9.095e−13", Say.number(Vanishing.chain(UNITS, 1), DIGITS))
        .row("chain of 20, k 4", "1", Say.number(Vanishing.chain(UNITS, 4), DIGITS))
        .row("chain of 20, k 8", "1048576", Say.number(Vanishing.chain(UNITS, 8), 7));
  }
}
