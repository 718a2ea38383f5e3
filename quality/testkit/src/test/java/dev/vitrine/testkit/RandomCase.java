package dev.vitrine.testkit;

import dev.vitrine.op.AdaptiveAveragePool;
import dev.vitrine.op.Affine;
import dev.vitrine.op.AveragePool;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.Elementary;
import dev.vitrine.op.MaxPool;
import dev.vitrine.op.Op;
import dev.vitrine.op.Rectifier;
import dev.vitrine.op.Sigmoidal;
import dev.vitrine.op.Span;
import dev.vitrine.op.Unary;
import dev.vitrine.op.Value;
import dev.vitrine.op.Window;
import dev.vitrine.tensor.Shape;

/**
 * A case drawn at random.
 *
 * @param work about how many multiply–accumulates its forward pass costs an example
 * @param smooth whether it has no kinks
 */
record RandomCase(GraphCase of, long work, boolean smooth) {
  /** Multiply–accumulates of a forward pass, over all lanes, that a drawn case may cost. */
  private static final long MOST = 8_000_000;

  private static final int LANES = 16;

  /** Of eleven cases three are convolutions of the kind that fast algorithms take. */
  static RandomCase any(Draws draws, String context) {
    return switch (draws.below(11)) {
      case 0, 1, 2 -> near(draws, context);
      case 3, 4 -> convolution(draws, 65, context);
      case 5 -> draws.coin() ? convolution(draws, 9, context) : transposed(draws, context);
      case 6 -> pooling(draws, context);
      case 7 -> dense(draws, context);
      case 8 -> RandomNorm.any(draws, context);
      default -> RandomGraph.of(draws.stream(), draws.coin(), context);
    };
  }

  /** Dense 3×3 and 5×5 convolutions by single steps, of 8 to 65 channels. */
  static RandomCase near(Draws draws, String context) {
    int kernel = draws.coin() ? 3 : 5;
    boolean even = draws.coin();
    Span h = near(kernel, even ? kernel / 2 : -1, draws);
    Span w = near(kernel, even ? kernel / 2 : -1, draws);
    return convolution(
        draws, new Window(h, w), 1, draws.between(8, 65), draws.between(8, 65), 16, context);
  }

  private static Span near(int kernel, int padding, Draws draws) {
    int before = padding >= 0 ? padding : draws.between(0, 4);
    int after = padding >= 0 ? padding : draws.between(0, 4);
    return new Span(kernel, 1, 1, before, after, false);
  }

  /** A convolution of any geometry, of at most that many channels. */
  static RandomCase convolution(Draws draws, int most, String context) {
    int groups = draws.coin() ? 1 : draws.between(2, 4);
    int in = groups * draws.between(1, Math.max(1, most / groups));
    int out = groups * draws.between(1, Math.max(1, most / groups));
    boolean ceil = draws.below(4) == 0;
    Window window = new Window(draws.span(ceil), draws.span(ceil));
    return convolution(draws, window, groups, in, out, 9, context);
  }

  private static RandomCase convolution(
      Draws draws, Window window, int groups, int in, int out, int more, String context) {
    long each = (long) out * (in / groups) * window.elements();
    int side = (int) Math.sqrt((double) MOST / LANES / each);
    Shape x =
        Shape.of(
            in,
            draws.size(window.h(), Math.clamp((side - 1L) * window.h().stride(), 0, more)),
            draws.size(window.w(), Math.clamp((side - 1L) * window.w().stride(), 0, more)));
    boolean bias = draws.coin();
    Unary tail = tail(draws);
    Convolution op = new Convolution(window, groups, bias);
    Points weights = Points.normal(1 / Math.sqrt((double) in / groups * window.elements()));
    Shape filter = Shape.of(out, in / groups, window.h().kernel(), window.w().kernel());
    GraphCase c =
        GraphCase.of(
            "%s%s → %s channels, %s of %s, then %s".formatted(context, in, out, op, x, tail),
            g -> then(g, tail, multiply(g, op, bias, g.input(x.sizes()), weights, filter)));
    long outputs = (long) window.h().out(x.size(1)) * window.w().out(x.size(2));
    return new RandomCase(c, each * outputs, !(tail instanceof Rectifier.Relu));
  }

  /** A transposed convolution of any geometry. */
  static RandomCase transposed(Draws draws, String context) {
    int groups = draws.between(1, 3);
    int in = groups * draws.between(1, 6);
    int out = groups * draws.between(1, 6);
    Window window = new Window(draws.span(false), draws.span(false));
    Shape x = Shape.of(in, grows(draws, window.h()), grows(draws, window.w()));
    Shape y =
        Shape.of(out, grown(draws, window.h(), x.size(1)), grown(draws, window.w(), x.size(2)));
    Shape filter = Shape.of(in, out / groups, window.h().kernel(), window.w().kernel());
    Op op = new Convolution.InputGradient(window, groups, y);
    GraphCase c =
        GraphCase.of(
            "%stransposed %s of %s".formatted(context, op, x),
            g -> g.apply(op, g.parameter(filter.sizes()), g.input(x.sizes())));
    long each = (long) out / groups * window.elements();
    return new RandomCase(c, each * x.elements(), true);
  }

  /** A size that leaves something of the output when its padding is cut off. */
  private static int grows(Draws draws, Span span) {
    int missing = 1 - span.extent() + span.before() + span.after();
    return 1 + Math.ceilDiv(Math.max(missing, 0), span.stride()) + draws.between(0, 5);
  }

  private static int grown(Draws draws, Span span, int in) {
    int whole = (in - 1) * span.stride() + span.extent() - span.before() - span.after();
    return whole + draws.below(span.stride());
  }

  private static Value multiply(
      CaseBuilder g, Op op, boolean bias, Value x, Points weights, Shape shape) {
    Value w = g.parameter(weights, shape.sizes());
    return bias ? g.apply(op, x, w, g.parameter(shape.size(0))) : g.apply(op, x, w);
  }

  /** What may follow a sum: nothing, what is fused into its store, what is not. */
  private static Unary tail(Draws draws) {
    return switch (draws.below(4)) {
      case 0, 1 -> new Elementary.Scale(1);
      case 2 -> new Rectifier.Relu();
      default -> new Sigmoidal.Tanh();
    };
  }

  private static Value then(CaseBuilder g, Unary tail, Value y) {
    return tail instanceof Elementary.Scale ? y : g.apply(tail, y);
  }

  static RandomCase dense(Draws draws, String context) {
    int in = draws.coin() ? draws.between(1, 70) : draws.between(1, 700);
    int out = draws.coin() ? draws.between(1, 70) : draws.between(1, 300);
    boolean bias = draws.coin();
    Unary tail = tail(draws);
    Affine op = new Affine(bias);
    Points weights = Points.normal(1 / Math.sqrt(in));
    GraphCase c =
        GraphCase.of(
            "%s%s of %s → %s, then %s".formatted(context, op, in, out, tail),
            g -> then(g, tail, multiply(g, op, bias, g.input(in), weights, Shape.of(out, in))));
    return new RandomCase(c, (long) in * out, !(tail instanceof Rectifier.Relu));
  }

  static RandomCase pooling(Draws draws, String context) {
    boolean ceil = draws.coin();
    Window window = new Window(draws.span(ceil), draws.span(ceil));
    int channels = draws.between(1, 5);
    Shape x = Shape.of(channels, draws.size(window.h(), 9), draws.size(window.w(), 9));
    Op op =
        switch (draws.below(5)) {
          case 0, 1 -> new MaxPool(window);
          case 2, 3 -> new AveragePool(window, draws.coin());
          default -> new AdaptiveAveragePool(draws.between(1, 12), draws.between(1, 12));
        };
    GraphCase c =
        GraphCase.of("%s%s of %s".formatted(context, op, x), g -> g.apply(op, g.input(x.sizes())));
    return new RandomCase(c, (long) x.elements() * window.elements(), !(op instanceof MaxPool));
  }
}
