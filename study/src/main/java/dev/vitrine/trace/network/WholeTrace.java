package dev.vitrine.trace.network;

import dev.vitrine.op.Affine;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.Formula;
import dev.vitrine.op.MaxPool;
import dev.vitrine.op.Op;
import dev.vitrine.op.Reshape;
import dev.vitrine.op.SoftmaxCrossEntropy;
import dev.vitrine.trace.Document.Section;
import dev.vitrine.trace.layer.Drawing;
import dev.vitrine.trace.layer.Sections;
import java.util.ArrayList;
import java.util.List;

/** A small network number by number, forward and back, beside the four equations. */
final class WholeTrace {
  private final NetworkTrace trace;

  WholeTrace(NetworkTrace trace) {
    this.trace = trace;
  }

  List<Section> sections() {
    return List.of(forward(), equations(), backward(), gradients());
  }

  private Section forward() {
    List<List<String>> blocks = new ArrayList<>();
    trace
        .parameters()
        .forEach(s -> blocks.addAll(Drawing.blocks(titled(s.name(), s), s.values(), s.shape())));
    List<List<String>> given = new ArrayList<>();
    trace
        .layers()
        .forEach(s -> given.addAll(Drawing.blocks(titled(s.name(), s), s.values(), s.shape())));
    List<String> lines = new ArrayList<>(Drawing.beside(given));
    if (!blocks.isEmpty()) {
      lines.add("");
      lines.addAll(Drawing.beside(blocks));
    }
    return Sections.of("Forward, number by number", lines);
  }

  private static String titled(String name, Stage stage) {
    return "%s %s".formatted(name, stage.shape());
  }

  /** BP1 to BP4 as for dense layers, and what they are for the other kinds that stand here. */
  private Section equations() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("BP1", "at the end", "δᴸ = ∇ₐL ∘ σ′(zᴸ)"));
    if (uses(SoftmaxCrossEntropy.class)) {
      rows.add(List.of("", "softmax, cross-entropy", "δᴸ = p − y"));
    }
    rows.add(List.of("BP2", "back through a dense layer", "δˡ = (Wᵀ·δˡ⁺¹) ∘ σ′(zˡ)"));
    if (uses(Convolution.class)) {
      rows.add(List.of("", "a convolution", "Wᵀ·δ becomes " + rule(Convolution.class, 0)));
      rows.add(List.of("", "", "which is the full convolution of δ with the turned kernel"));
    }
    if (uses(MaxPool.class)) {
      rows.add(List.of("", "a max-pool", "Wᵀ·δ becomes the " + rule(MaxPool.class, 0)));
      rows.add(List.of("", "", "a pooling has no σ′: δ goes to the winners as it is"));
    }
    rows.add(List.of("BP3", "bias of a dense layer", "∂L/∂b = δ"));
    if (uses(Convolution.class)) {
      rows.add(List.of("", "a convolution", "∂L/∂b[o] = " + rule(Convolution.class, 2)));
    }
    rows.add(List.of("BP4", "weight of a dense layer", "∂L/∂W = δ·aᵀ"));
    if (uses(Convolution.class)) {
      rows.add(List.of("", "a convolution", "∂L/∂w[o,c,u,v] = " + rule(Convolution.class, 1)));
      rows.add(List.of("", "", "a correlation: the kernel's weight is at all its places at once"));
    }
    if (uses(MaxPool.class)) {
      rows.add(List.of("", "a max-pool", "no weights and no bias, so no BP3 and no BP4"));
    }
    return Sections.of(
        "The four equations, and their forms here",
        columns(rows),
        "δ is ∂L/∂z of what a layer sums up, and ∂L/∂y of any other; a is what the layer before gives.");
  }

  private static List<String> columns(List<List<String>> rows) {
    int room = rows.stream().mapToInt(row -> row.get(1).length()).max().orElse(0);
    return rows.stream()
        .map(row -> "%s  %s  %s".formatted(pad(row.get(0), 3), pad(row.get(1), room), row.get(2)))
        .toList();
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  private boolean uses(Class<? extends Op> kind) {
    return find(kind) != null;
  }

  private Op find(Class<? extends Op> kind) {
    return trace.layers().stream()
        .flatMap(stage -> stage.users().stream())
        .map(Stage.User::op)
        .filter(kind::isInstance)
        .findFirst()
        .orElse(null);
  }

  /** What the op says of a gradient, with δ for dy. */
  private String rule(Class<? extends Op> kind, int input) {
    List<String> derivatives = find(kind).formula().derivatives();
    return input < derivatives.size() ? derivatives.get(input).replace("dy", "δ") : "none";
  }

  private Section backward() {
    List<String> lines = new ArrayList<>();
    for (Stage stage : trace.layers().reversed()) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      stage
          .users()
          .forEach(user ->
              lines.add(
                  "δ %s  from %s: %s"
                      .formatted(titled(stage.name(), stage), user.layer(), formula(user))));
      lines.addAll(indented(Drawing.blocks("", stage.gradient(), stage.shape())));
    }
    return Sections.of(
        "Backward, every δ with its shape",
        lines,
        "dy is the δ of the layer that it comes from; where there are several, what they give adds up.");
  }

  /** An image's planes beside each other, without the names. */
  private static List<String> indented(List<List<String>> blocks) {
    List<List<String>> bare = blocks.stream().map(block -> block.subList(1, block.size())).toList();
    return Drawing.beside(bare).stream().map(line -> "  " + line).toList();
  }

  private static String formula(Stage.User user) {
    if (user.op() instanceof SoftmaxCrossEntropy) {
      return "p − y (BP1)";
    }
    if (user.layer().equals(NetworkTrace.LOSS)) {
      return "its gradient by the output, ∇ₐL (BP1)";
    }
    if (user.op() instanceof Reshape) {
      return "the same numbers in another shape";
    }
    Formula formula = user.op().formula();
    String derivative = formula.derivatives().get(user.input());
    String name = formula.inputs().get(user.input());
    String back =
        formula.elementwise() ? "dy·(%s)".formatted(derivative) : derivative.replace("' @ ", "ᵀ·");
    String which =
        user.op() instanceof Affine
                || user.op() instanceof Convolution
                || user.op() instanceof MaxPool
            ? " (BP2)"
            : formula.elementwise() ? " (BP2, its σ′)" : "";
    return "d%s = %s%s".formatted(name, back, which);
  }

  private Section gradients() {
    List<String> lines = new ArrayList<>();
    List<List<String>> blocks = new ArrayList<>();
    trace
        .parameters()
        .forEach(s ->
            blocks.addAll(Drawing.blocks("∂L/∂" + titled(s.name(), s), s.gradient(), s.shape())));
    lines.addAll(Drawing.beside(blocks));
    return Sections.of("Gradients of the parameters", lines, "Biases by BP3, weights by BP4.");
  }
}
