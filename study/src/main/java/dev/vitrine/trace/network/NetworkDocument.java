package dev.vitrine.trace.network;

import dev.vitrine.tensor.Shape;
import dev.vitrine.trace.Document;
import dev.vitrine.trace.Document.Section;
import dev.vitrine.trace.language.Notation;
import dev.vitrine.trace.layer.Drawing;
import dev.vitrine.trace.layer.Sections;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes what was worked out of a network as a document. */
public final class NetworkDocument {
  private static final int MOST_TERMS = 12;

  private final NetworkTrace trace;

  private NetworkDocument(NetworkTrace trace) {
    this.trace = trace;
  }

  /**
   * {@return a network's backpropagation as a document}
   *
   * @param trace what was worked out
   * @param notation ASCII for terminals without other characters
   */
  public static Document of(NetworkTrace trace, Notation notation) {
    return Sections.document(new NetworkDocument(trace).sections(), notation);
  }

  private List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    sections.add(asked());
    sections.add(layers());
    if (!trace.parameters().isEmpty()) {
      sections.add(parameters());
    }
    if (trace.small()) {
      sections.addAll(new WholeTrace(trace).sections());
    }
    trace.weight().ifPresent(sum -> sections.add(weight(sum)));
    return sections;
  }

  private Section asked() {
    return Sections.of(
        trace.question().title(),
        List.of("L = " + Drawing.number(trace.loss())),
        trace.precise()
            ? "All numbers are in double precision."
            : "All numbers are in single precision, as in training: the network is too large for the interpreter.");
  }

  /** The input, and what each layer gives, beside the gradient that comes back to it. */
  private Section layers() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "layer",
            "gives",
            "least",
            "mean",
            "greatest",
            "zeros",
            "‖δ‖",
            "mean |δ|",
            "max |δ|",
            "zeros"));
    for (Stage stage : trace.layers()) {
      Statistics values = Statistics.of(stage.values());
      Statistics gradient = Statistics.of(stage.gradient());
      rows.add(
          List.of(
              stage.name(),
              size(stage.shape()),
              number(values.least()),
              number(values.mean()),
              number(values.greatest()),
              share(values.zeros()),
              number(gradient.norm()),
              number(gradient.size()),
              number(gradient.most()),
              share(gradient.zeros())));
    }
    return Sections.of(
        "What each layer gives, and the gradient that comes back to it",
        Drawing.table(rows),
        "δ is the gradient of what the layer gives, ∂L/∂y, of the same shape.");
  }

  private Section parameters() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("parameter", "shape", "‖w‖", "max |w|", "‖∂L/∂w‖", "max |∂L/∂w|", "zeros"));
    for (Stage stage : trace.parameters()) {
      Statistics values = Statistics.of(stage.values());
      Statistics gradient = Statistics.of(stage.gradient());
      rows.add(
          List.of(
              stage.name(),
              size(stage.shape()),
              number(values.norm()),
              number(values.most()),
              number(gradient.norm()),
              number(gradient.most()),
              share(gradient.zeros())));
    }
    return Sections.of("Parameters and their gradients", Drawing.table(rows));
  }

  private static Section weight(WeightSum sum) {
    List<String> lines = new ArrayList<>();
    if (!sum.rule().isEmpty()) {
      lines.add(sum.rule());
      lines.add("");
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("of", "its gradient", "", "times", "adds"));
    sum.terms().stream()
        .limit(MOST_TERMS)
        .forEach(term ->
            rows.add(
                List.of(
                    term.of(),
                    Drawing.number(term.gradient()),
                    term.factor(),
                    Drawing.number(term.slope()),
                    Drawing.number(term.product()))));
    if (!sum.terms().isEmpty()) {
      lines.addAll(Drawing.table(rows));
    }
    int rest = sum.terms().size() - MOST_TERMS;
    if (rest > 0) {
      double more =
          sum.terms().stream().skip(MOST_TERMS).mapToDouble(WeightSum.Term::product).sum();
      lines.add("and %s more, which add %s".formatted(rest, Drawing.number(more)));
    }
    lines.add("");
    lines.add("∂L/∂%s = %s".formatted(sum.name(), Drawing.number(sum.gradient())));
    List<String> said = new ArrayList<>();
    said.add(
        "The weight is %s. It had a part in %s, of which %s: those are the terms."
            .formatted(
                Drawing.number(sum.weight()),
                sum.all() == 1 ? "one number" : sum.all() + " numbers",
                felt(sum)));
    said.add(
        sum.holds()
            ? "Their sum is the engine's gradient ✓."
            : "Their sum is %s ✗.".formatted(Drawing.number(sum.sum())));
    sum.quotient()
        .ifPresent(quotient ->
            said.add(
                sum.holdsByDifferences()
                    ? "By differences of L: the same, within %s ✓."
                        .formatted(Sections.rough(Math.abs(quotient - sum.gradient())))
                    : "By differences of L: %s ✗. A kink (a rectifier at 0, two equal maxima) may be near."
                        .formatted(Drawing.number(quotient))));
    return Sections.of(
        "Where the gradient of %s comes from".formatted(sum.name()),
        lines,
        said.toArray(String[]::new));
  }

  private static String felt(WeightSum sum) {
    int felt = sum.terms().size();
    return felt == 0
        ? "none gives a gradient back"
        : felt == 1 ? "one gives a gradient back" : felt + " give a gradient back";
  }

  /** As on paper: 20×24×24. */
  static String size(Shape shape) {
    return shape.rank() == 0 ? "1" : shape.toString().replaceAll("[()]", "").replace(", ", "×");
  }

  /** Three digits: how numbers are spread needs no more. */
  private static String number(double value) {
    double three = value == 0 ? 0 : Double.parseDouble(String.format(Locale.ROOT, "%.2e", value));
    return Drawing.number(three);
  }

  private static String share(double share) {
    return share == 0 ? "–" : String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }
}
