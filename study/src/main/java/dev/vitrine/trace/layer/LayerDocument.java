package dev.vitrine.trace.layer;

import dev.vitrine.op.Affine;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.Formula;
import dev.vitrine.op.MaxPool;
import dev.vitrine.op.Op;
import dev.vitrine.tensor.Shape;
import dev.vitrine.trace.Document;
import dev.vitrine.trace.Document.Section;
import dev.vitrine.trace.language.Notation;
import dev.vitrine.trace.layer.LayerQuestion.Orientation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Writes what was worked out of a layer as a document. */
public final class LayerDocument {
  private static final int MOST_PICTURES = 16;
  private static final int MOST_TERMS = 12;

  private final LayerTrace trace;
  private final Shape x;
  private final Shape y;
  private final double[] dy;
  private final Jacobian jacobian;

  private LayerDocument(LayerTrace trace) {
    this.trace = trace;
    x = trace.question().input();
    y = trace.outputShape();
    dy = trace.numbers().get(LayerGraph.DY);
    jacobian = trace.jacobians().get(LayerGraph.X);
  }

  /**
   * {@return a layer's backpropagation as a document}
   *
   * @param trace what was worked out
   * @param notation ASCII for terminals without other characters
   */
  public static Document of(LayerTrace trace, Notation notation) {
    return Sections.document(new LayerDocument(trace).sections(), notation);
  }

  private List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    sections.add(asked());
    sections.add(forward());
    sections.add(reach());
    sections.add(jacobian());
    sections.add(gradient());
    sections.add(element());
    trace.parameters().forEach(name -> sections.add(parameter(name)));
    for (Op op : trace.operations()) {
      switch (op) {
        case Convolution convolution ->
            sections.addAll(new ConvolutionForms(trace, convolution).sections());
        case MaxPool pool -> sections.add(PlacesInWindow.section(trace, pool));
        case Affine _ when x.rank() == 1 -> sections.add(linear());
        default -> {
          // Said by its formula alone.
        }
      }
    }
    return sections;
  }

  private Section asked() {
    List<String> lines = new ArrayList<>();
    for (Op op : trace.operations()) {
      lines.addAll(Sections.formula(op));
    }
    return Sections.of(
        "%s: %s → %s".formatted(trace.question().layer().text(), x, y),
        lines,
        "dy is the gradient of y, ∂L/∂y, and dx that of x: what each op hands back stands below it.");
  }

  private Section forward() {
    List<List<String>> blocks = new ArrayList<>();
    trace
        .shapes()
        .forEach((name, shape) -> {
          if (!name.equals(LayerGraph.DY)) {
            blocks.addAll(Drawing.blocks(name, trace.numbers().get(name), shape));
          }
        });
    blocks.addAll(Drawing.blocks("y", trace.output(), y));
    return Sections.of("Forward", Drawing.beside(blocks));
  }

  private Section reach() {
    List<List<String>> blocks = new ArrayList<>();
    int shown = Math.min(y.elements(), MOST_PICTURES);
    for (int k = 0; k < shown; k++) {
      boolean[] row = trace.reach().reaches()[k];
      blocks.addAll(Drawing.blocks(Places.name("y", k, y), x, i -> row[i] ? "■" : Drawing.NOTHING));
    }
    String rest = shown < y.elements() ? " The first %s are drawn.".formatted(shown) : "";
    List<List<String>> counts =
        Drawing.blocks("outputs reached", x, i -> String.valueOf(trace.reach().outputs(i)));
    List<String> lines = new ArrayList<>(Drawing.beside(blocks));
    lines.add("");
    lines.addAll(Drawing.beside(counts));
    return Sections.of(
        "Which inputs reach which output",
        lines,
        "■ can change that output, whatever the numbers are." + rest);
  }

  private boolean numerator() {
    return trace.question().orientation() == Orientation.NUMERATOR;
  }

  private Section jacobian() {
    int outputs = y.elements();
    int inputs = x.elements();
    List<String> ys = IntStream.range(0, outputs).mapToObj(k -> Places.name("y", k, y)).toList();
    List<String> xs = IntStream.range(0, inputs).mapToObj(i -> Places.name("x", i, x)).toList();
    List<String> shortX = IntStream.range(0, inputs).mapToObj(i -> Sections.brief(i, x)).toList();
    List<String> shortY = IntStream.range(0, outputs).mapToObj(k -> Sections.brief(k, y)).toList();
    double[][] entries = numerator() ? jacobian.rows() : Sections.transposed(jacobian.rows());
    return Sections.of(
        numerator()
            ? "Jacobian ∂y/∂x (%s×%s), in numerator layout: a row for each output"
                .formatted(outputs, inputs)
            : "Jacobian ∂y/∂x (%s×%s), in denominator layout: a row for each input"
                .formatted(inputs, outputs),
        Drawing.matrix(entries, numerator() ? ys : xs, numerator() ? shortX : shortY),
        "%s of %s entries are not 0.".formatted(jacobian.filled(), outputs * inputs),
        Sections.checked(trace.quotients()));
  }

  private Section gradient() {
    List<List<String>> blocks = new ArrayList<>(Drawing.blocks("dy", dy, y));
    blocks.addAll(Drawing.blocks("dx", trace.gradients().get(LayerGraph.X), x));
    String why =
        numerator()
            ? "dx = (∂y/∂x)ᵀ·dy: the sum goes over the outputs, which are the Jacobian's rows, and a matrix product sums over columns. Hence the transpose."
            : "dx = (∂y/∂x)·dy: in this layout the outputs are the columns, over which a matrix product sums. In numerator layout the transpose stands here.";
    return Sections.of(
        "Gradient: the transposed map",
        Drawing.beside(blocks),
        "dx[i] = Σ_k dy[k]·∂y[k]/∂x[i]: what reached y on the way there takes its share on the way back.",
        why);
  }

  private Section element() {
    int i =
        trace
            .question()
            .element()
            .map(index -> Places.flat(index, x))
            .orElseGet(() -> mostFelt(jacobian.rows()));
    List<String> terms = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (int k = 0; k < dy.length; k++) {
      double local = jacobian.rows()[k][i];
      if (local != 0) {
        terms.add(Drawing.number(dy[k]) + "·" + Drawing.factor(local));
        if (lines.size() < MOST_TERMS) {
          lines.add(
              "from %s: dy = %s, times ∂y/∂x = %s"
                  .formatted(Places.name("y", k, y), Drawing.number(dy[k]), Drawing.number(local)));
        }
      }
    }
    if (terms.size() > MOST_TERMS) {
      lines.add("and %s more".formatted(terms.size() - MOST_TERMS));
    }
    String sum =
        terms.size() > MOST_TERMS
            ? Drawing.sum(terms.subList(0, MOST_TERMS)) + " + …"
            : Drawing.sum(terms);
    String value = Drawing.number(trace.gradients().get(LayerGraph.X)[i]);
    lines.add(
        "d%s = %s%s"
            .formatted(Places.name("x", i, x), sum, sum.equals(value) ? "" : " = " + value));
    return Sections.of(
        "Where the gradient of %s came from".formatted(Places.name("x", i, x)),
        lines,
        terms.isEmpty()
            ? "No output felt it, so nothing comes back."
            : terms.size() == 1
                ? "One output felt it, and hands its gradient back."
                : "%s outputs felt it, and their gradients add up.".formatted(terms.size()));
  }

  /** The first column with the most entries that are not 0. */
  private static int mostFelt(double[][] rows) {
    int most = 0;
    long best = -1;
    for (int i = 0; i < rows[0].length; i++) {
      int column = i;
      long felt = IntStream.range(0, rows.length).filter(k -> rows[k][column] != 0).count();
      if (felt > best) {
        best = felt;
        most = i;
      }
    }
    return most;
  }

  /** An element's gradient as the sum that it is. */
  private String sum(String name, int element) {
    double[][] rows = trace.jacobians().get(name).rows();
    List<String> terms = new ArrayList<>();
    for (int k = 0; k < dy.length; k++) {
      if (rows[k][element] != 0) {
        terms.add(Drawing.number(dy[k]) + "·" + Drawing.factor(rows[k][element]));
      }
    }
    boolean many = terms.size() > MOST_TERMS;
    String sum = many ? Drawing.sum(terms.subList(0, MOST_TERMS)) + " + …" : Drawing.sum(terms);
    String place = Places.name(name, element, trace.shapes().get(name));
    String value = Drawing.number(trace.gradients().get(name)[element]);
    return "d%s = Σ_k dy[k]·∂y[k]/∂%s = %s%s"
        .formatted(place, place, sum, sum.equals(value) ? "" : " = " + value);
  }

  private Section parameter(String name) {
    Shape shape = trace.shapes().get(name);
    double[] gradient = trace.gradients().get(name);
    double[][] rows = trace.jacobians().get(name).rows();
    List<String> lines =
        new ArrayList<>(Drawing.beside(Drawing.blocks("d" + name, gradient, shape)));
    lines.add("");
    lines.add(sum(name, mostFelt(rows)));
    String title = "Gradient of %s %s".formatted(name, shape);
    boolean correlation =
        name.equals("weight") && trace.operations().getLast() instanceof Convolution;
    return correlation
        ? Sections.of(
            title,
            lines,
            "A correlation of x with dy: dy lies on x where the weight was when y was made, and nothing is turned.")
        : Sections.of(title, lines);
  }

  /** The same gradients with matrices and as sums, in both layouts. */
  private Section linear() {
    boolean rows = numerator();
    return Sections.of(
        "With matrices, and as sums",
        List.of(
            "y = W·x + b                y[i] = Σ_j W[i,j]·x[j] + b[i]",
            rows
                ? "∂y/∂x = W    (%s×%s)        ∂y[i]/∂x[j] = W[i,j], in row i and column j"
                    .formatted(y.elements(), x.elements())
                : "∂y/∂x = Wᵀ   (%s×%s)        ∂y[i]/∂x[j] = W[i,j], in row j and column i"
                    .formatted(x.elements(), y.elements()),
            "dx = Wᵀ·dy                 dx[j] = Σ_i dy[i]·W[i,j]",
            "dW = dy·xᵀ                 dW[i,j] = dy[i]·x[j]",
            "db = dy                    db[i] = dy[i]"),
        "The sum of dx goes over i, the first index of W; a matrix product sums over the second. So W must be turned: Wᵀ.",
        "dx lies as x does, in either layout: the layout says how ∂y/∂x lies, not what comes out.");
  }

  static List<String> texts(Formula formula) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < formula.inputs().size(); i++) {
      String derivative = formula.derivatives().get(i);
      lines.add(
          "  d%s = %s"
              .formatted(
                  formula.inputs().get(i),
                  formula.elementwise() ? "dy·(%s)".formatted(derivative) : derivative));
    }
    return lines;
  }
}
