package dev.vitrine.summary;

import dev.vitrine.op.AdaptiveAveragePool;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.Op;
import dev.vitrine.op.Span;
import dev.vitrine.op.Value;
import dev.vitrine.op.Window;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Writes each count of a layer as a person would on paper. */
final class Explanation {
  private final Convention convention;
  private final List<Formula> formulas = new ArrayList<>();

  Explanation(Convention convention) {
    this.convention = convention;
  }

  /** The formulas so far. */
  List<Formula> formulas() {
    return List.copyOf(formulas);
  }

  /** How many weights and biases: {@code (5·5·6 + 1)·16}. */
  void parameters(List<Shape> weights, List<Shape> biases) {
    long count = elements(weights) + elements(biases);
    if (count == 0) {
      return;
    }
    formulas.add(
        Formula.of(
            "parameters",
            areFilters(weights, biases)
                ? filters(OnPaper.paperSizes(weights.getFirst()), !biases.isEmpty())
                : String.join(" + ", products(weights, biases)),
            count));
  }

  /** A transposed convolution's biases go with the other side of its weight. */
  private static boolean areFilters(List<Shape> weights, List<Shape> biases) {
    return weights.size() == 1
        && weights.getFirst().rank() >= 2
        && biases.size() <= 1
        && biases.stream().allMatch(bias -> bias.elements() == weights.getFirst().size(0));
  }

  private static String filters(int[] sizes, boolean bias) {
    int out = sizes[sizes.length - 1];
    String each = Formula.product(java.util.Arrays.copyOf(sizes, sizes.length - 1));
    return bias ? "(%s + 1)·%s".formatted(each, out) : "%s·%s".formatted(each, out);
  }

  private static List<String> products(List<Shape> weights, List<Shape> biases) {
    List<String> products = new ArrayList<>();
    weights.forEach(shape -> products.add(Formula.product(shape.sizes())));
    biases.forEach(shape -> products.add(Formula.product(shape.sizes())));
    return products;
  }

  static long elements(List<Shape> shapes) {
    return shapes.stream().mapToLong(Shape::elements).sum();
  }

  /** How large the output is: {@code ⌊(227 − 11)/4⌋ + 1}. */
  void output(Op op, Shape in, Shape out) {
    Optional<Window> window = ReceptiveField.windowOf(op);
    if (window.isPresent()) {
      Window w = window.get();
      axes(
          "output",
          () -> sizes(w.h(), in.size(1), out.size(1)),
          () -> sizes(w.w(), in.size(2), out.size(2)));
    } else if (op instanceof Convolution.InputGradient transposed) {
      Window w = transposed.window();
      axes(
          "output",
          () -> spread(w.h(), in.size(1), out.size(1)),
          () -> spread(w.w(), in.size(2), out.size(2)));
    } else if (op instanceof AdaptiveAveragePool pool) {
      axes("output", () -> given(pool.height()), () -> given(pool.width()));
      axes(
          "largest window",
          () -> largestBin(in.size(1), pool.height()),
          () -> largestBin(in.size(2), pool.width()));
    }
  }

  /** Of a transposed convolution: {@code (9 − 1)·2 + 3 − 2·1}; last its output padding. */
  private static Formula spread(Span span, int in, int out) {
    StringBuilder text = new StringBuilder("(%s − 1)·%s".formatted(in, span.stride()));
    text.append(
        span.dilation() == 1
            ? " + " + span.kernel()
            : " + %s·(%s − 1) + 1".formatted(span.dilation(), span.kernel()));
    if (span.before() > 0 && span.before() == span.after()) {
      text.append(" − 2·").append(span.before());
    } else if (span.before() + span.after() > 0) {
      text.append(" − ").append(span.before()).append(" − ").append(span.after());
    }
    int plain = (in - 1) * span.stride() + span.extent() - span.before() - span.after();
    text.append(plain == out ? "" : " + " + (out - plain));
    return Formula.of("", text.toString(), out);
  }

  private static Formula given(int size) {
    return Formula.of("", "" + size, size);
  }

  /** {@code 28/4}; where bins do not divide what they cover, the first that is as large as any. */
  private static Formula largestBin(int in, int bins) {
    int largest = 0;
    while (binSize(largest, bins, in) < AdaptiveAveragePool.largest(bins, in)) {
      largest++;
    }
    String text =
        in % bins == 0
            ? "%s/%s".formatted(in, bins)
            : "⌈%s·%s/%s⌉ − ⌊%s·%s/%s⌋".formatted(largest + 1, in, bins, largest, in, bins);
    return Formula.of("", text, binSize(largest, bins, in));
  }

  private static int binSize(int i, int bins, int in) {
    return AdaptiveAveragePool.end(i, bins, in) - AdaptiveAveragePool.first(i, bins, in);
  }

  private static Formula sizes(Span span, int in, int out) {
    StringBuilder room = new StringBuilder().append(in);
    if (span.before() > 0 && span.before() == span.after()) {
      room.append(" + 2·").append(span.before());
    } else if (span.before() + span.after() > 0) {
      room.append(" + ").append(span.before()).append(" + ").append(span.after());
    }
    String extent =
        span.dilation() == 1
            ? Integer.toString(span.kernel())
            : "%s·(%s − 1) − 1".formatted(span.dilation(), span.kernel());
    int rest = (in + span.before() + span.after() - span.extent()) % span.stride();
    String brackets = rest == 0 ? "(%s − %s)/%s + 1" : "%s(%s − %s)/%s%s + 1";
    String text =
        rest == 0
            ? brackets.formatted(room, extent, span.stride())
            : brackets.formatted(
                span.ceil() ? "⌈" : "⌊", room, extent, span.stride(), span.ceil() ? "⌉" : "⌋");
    int room0 = in + span.before() + span.after() - span.extent();
    int plain = (span.ceil() ? Math.ceilDiv(room0, span.stride()) : room0 / span.stride()) + 1;
    return Formula.of("", plain == out ? text : text + " − " + (plain - out), out);
  }

  /** How the arithmetic of the forward pass comes about. */
  void forward(List<Value> values) {
    sum("MACs", values, a -> a.macs().stream().toList());
    sum("forward FLOPs", values, Arithmetic::flops);
  }

  /** How that of the backward pass does. */
  void backward(List<Value> values) {
    sum("backward FLOPs", values, a -> a.flops().stream().map(Explanation::ofInput).toList());
  }

  /** Backward, products and sums that make no weight's gradient make an input's. */
  private static Formula ofInput(Formula part) {
    return part.of().equals(OnPaper.PRODUCTS) ? named("gradient of the input", part) : part;
  }

  /** A line for each part, and one for their sum if there are several. */
  private void sum(String of, List<Value> values, Function<Arithmetic, List<Formula>> parts) {
    List<Formula> all =
        values.stream()
            .flatMap(value -> parts.apply(new Arithmetic(value, convention)).stream())
            .toList();
    if (all.size() == 1) {
      formulas.add(named(of, all.getFirst()));
    } else if (!all.isEmpty()) {
      all.forEach(part -> formulas.add(named("· " + part.of(), part)));
      String text = String.join(" + ", all.stream().map(Formula::result).toList());
      formulas.add(Formula.of(of, text, all.stream().mapToLong(part -> (long) part.value()).sum()));
    }
  }

  private static Formula named(String of, Formula formula) {
    return new Formula(of, formula.text(), formula.value(), formula.unit());
  }

  /** How many bytes the output takes. */
  void activations(Shape output, long bytes) {
    if (bytes > 0) {
      int[] sizes = Formula.join(new int[] {Float.BYTES, convention.batch()}, output.sizes());
      int[] single = Formula.join(new int[] {Float.BYTES}, output.sizes());
      String text = Formula.product(convention.batch() == 1 ? single : sizes);
      formulas.add(new Formula("activations", text, bytes, "B"));
    }
  }

  /**
   * How the receptive field grew: {@code 6 + (5 − 1)·2}; behind a transposed convolution {@code 6 +
   * (⌈4/2⌉ − 1)·2}, and nothing from there on, see {@link ReceptiveField}.
   */
  void field(Op op, Shape in, ReceptiveField before, ReceptiveField after) {
    if (before == null || after == null || after.isAll() || !before.isUniform()) {
      return;
    }
    if (op instanceof AdaptiveAveragePool pool) {
      field(pool, in, before, after);
      return;
    }
    boolean transposed = op instanceof Convolution.InputGradient;
    Window w =
        op instanceof Convolution.InputGradient across
            ? across.window()
            : ReceptiveField.windowOf(op).orElse(null);
    if (w == null) {
      return;
    }
    axes(
        "receptive field",
        () -> grown(w.h(), transposed, before.height(), before.jumpDown(), after.height()),
        () -> grown(w.w(), transposed, before.width(), before.jumpRight(), after.width()));
    axes(
        "its jump",
        () -> jump(w.h(), transposed, before.jumpDown(), after.jumpDown()),
        () -> jump(w.w(), transposed, before.jumpRight(), after.jumpRight()));
  }

  private void field(
      AdaptiveAveragePool pool, Shape in, ReceptiveField before, ReceptiveField after) {
    axes(
        "receptive field",
        () -> grown(in.size(1), pool.height(), before.height(), before.jumpDown(), after.height()),
        () -> grown(in.size(2), pool.width(), before.width(), before.jumpRight(), after.width()));
    axes(
        "its jump",
        () -> jump(in.size(1), pool.height(), before.jumpDown(), after.jumpDown()),
        () -> jump(in.size(2), pool.width(), before.jumpRight(), after.jumpRight()));
  }

  private static Formula grown(int in, int bins, long size, double jump, long after) {
    long window = (long) largestBin(in, bins).value();
    return Formula.of("", "%s + (%s − 1)·%s".formatted(size, window, (long) jump), after);
  }

  private static Formula jump(int in, int bins, double before, double after) {
    return new Formula("", "%s·%s/%s".formatted((long) before, in, bins), after, "");
  }

  /** A uniform field's jump is a whole number. */
  private static Formula grown(Span span, boolean transposed, long size, double jump, long after) {
    int common = transposed ? gcd(span.stride(), span.dilation()) : 1;
    String kernel = Integer.toString(span.kernel());
    String taps = transposed ? "⌈%s/%s⌉".formatted(kernel, span.stride() / common) : kernel;
    int apart = span.dilation() / common;
    return Formula.of(
        "",
        "%s + (%s − 1)%s·%s".formatted(size, taps, apart == 1 ? "" : "·" + apart, (long) jump),
        after);
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  private static Formula jump(Span span, boolean transposed, double before, double after) {
    String times = transposed ? "/" : "·";
    return new Formula("", "%s%s%s".formatted((long) before, times, span.stride()), after, "");
  }

  /** How the arithmetic compares with what is read and written. */
  void intensity(long flops, long elementsMoved, List<Long> parts) {
    if (flops > 0) {
      String moved =
          String.join(
              " + ",
              parts.stream().filter(n -> n > 0).map(dev.vitrine.report.Numbers::count).toList());
      String text = "%s/(4·(%s))".formatted(dev.vitrine.report.Numbers.count(flops), moved);
      double value = (double) flops / (Float.BYTES * elementsMoved);
      formulas.add(new Formula("intensity", text, value, "FLOP/B"));
    }
  }

  /** One line where height and width come out alike, else one for each. */
  private void axes(String of, Supplier<Formula> height, Supplier<Formula> width) {
    Formula h = height.get();
    Formula w = width.get();
    if (h.equals(w)) {
      formulas.add(named(of, h));
    } else {
      formulas.add(named(of + ", height", h));
      formulas.add(named(of + ", width", w));
    }
  }
}
