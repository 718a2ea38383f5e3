package dev.vitrine.collapse;

import dev.vitrine.nn.Activation;
import dev.vitrine.nn.AdaptiveAvgPool2d;
import dev.vitrine.nn.AvgPool2d;
import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.GlobalAvgPool2d;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Residual;
import dev.vitrine.nn.ZeroPad2d;
import dev.vitrine.op.Binary;
import dev.vitrine.op.Span;
import dev.vitrine.op.Unary;
import dev.vitrine.op.Window;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.Optional;

/**
 * A linear layer on images as a convolution, in double precision.
 *
 * @param window how it slides; without dilation, whose gaps are zeros of the kernel
 * @param groups of channels that do not see each other
 * @param kernel (out, in / groups, height, width)
 * @param bias (out); zeros for none
 * @param biased whether the layer has one
 * @param in channels that come in
 */
record Stencil(Window window, int groups, double[] kernel, double[] bias, boolean biased, int in) {
  int out() {
    return bias.length;
  }

  private int height() {
    return window.h().kernel();
  }

  private int width() {
    return window.w().kernel();
  }

  /** A layer as a convolution, if it is one at the borders, too. */
  static Optional<Stencil> of(Part part, Model whole) {
    Shape in = part.in();
    if (in.rank() != 3) {
      return Optional.empty();
    }
    return switch (part.layer()) {
      case Conv2d conv -> Optional.of(convolution(conv, part, whole));
      case BatchNorm2d norm -> Optional.of(normalisation(norm, part, whole));
      case AvgPool2d pool -> mean(pool.same() ? pool.window().same(in) : pool.window(), pool, in);
      case GlobalAvgPool2d _ -> Optional.of(mean(Window.of(in.size(1), in.size(2)), in));
      case AdaptiveAvgPool2d pool -> adaptive(pool, in);
      case ZeroPad2d pad ->
          Optional.of(
              diagonal(
                  Window.of(1).padding(pad.top(), pad.bottom(), pad.left(), pad.right()),
                  ones(in.size(0)),
                  new double[in.size(0)],
                  false));
      case Activation(Unary f) when Linearity.isLinear(f) -> Optional.of(line(f, in.size(0)));
      case Residual residual -> Block.of(residual, part, whole).sum();
      case OpLayer op when op.isLinear() -> channelwise(op, part, whole);
      default -> Optional.empty();
    };
  }

  /** What passes everything on. */
  static Stencil identity(int channels) {
    return diagonal(Window.of(1), ones(channels), new double[channels], false);
  }

  private static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static Stencil convolution(Conv2d conv, Part part, Model whole) {
    Window window = conv.same() ? conv.window().same(part.in()) : conv.window();
    double[] stored = Numerics.doubles(whole.parameters().get(part.parameter("weight")));
    double[] bias =
        conv.bias()
            ? Numerics.doubles(whole.parameters().get(part.parameter("bias")))
            : new double[conv.outChannels()];
    Window dense = new Window(dense(window.h()), dense(window.w()));
    int planes = stored.length / window.elements();
    double[] kernel = new double[planes * dense.elements()];
    for (int i = 0; i < stored.length; i++) {
      int v = i % window.w().kernel();
      int u = i / window.w().kernel() % window.h().kernel();
      int plane = i / window.elements();
      int row = plane * dense.h().kernel() + u * window.h().dilation();
      kernel[row * dense.w().kernel() + v * window.w().dilation()] = stored[i];
    }
    return new Stencil(dense, conv.groups(), kernel, bias, conv.bias(), part.in().size(0));
  }

  private static Span dense(Span span) {
    return new Span(span.extent(), span.stride(), 1, span.before(), span.after(), false);
  }

  private static Stencil normalisation(BatchNorm2d norm, Part part, Model whole) {
    float[] mean = whole.parameters().get(part.parameter("running_mean"));
    float[] variance = whole.parameters().get(part.parameter("running_var"));
    float[] scale = whole.parameters().get(part.parameter("weight"));
    float[] shift = whole.parameters().get(part.parameter("bias"));
    double[] factors = new double[mean.length];
    double[] bias = new double[mean.length];
    for (int c = 0; c < factors.length; c++) {
      factors[c] = scale[c] / Math.sqrt(variance[c] + norm.eps());
      bias[c] = shift[c] - mean[c] * factors[c];
    }
    return diagonal(Window.of(1), factors, bias, true);
  }

  private static Stencil diagonal(Window window, double[] factors, double[] bias, boolean biased) {
    return new Stencil(window, factors.length, factors, bias, biased, factors.length);
  }

  /** The same line a·x + b for every channel. */
  private static Stencil line(Unary f, int channels) {
    double[] factors = new double[channels];
    double[] bias = new double[channels];
    Arrays.fill(factors, f.apply(1) - f.apply(0));
    Arrays.fill(bias, f.apply(0));
    return diagonal(Window.of(1), factors, bias, f.apply(0) != 0);
  }

  /** An op that adds a number to each channel, or multiplies by it. */
  private static Optional<Stencil> channelwise(OpLayer op, Part part, Model whole) {
    Optional<OpLayer.Operand> operand = op.constant();
    int channels = part.in().size(0);
    Shape each = Shape.of(channels, 1, 1);
    if (!part.in().equals(part.out())
        || operand.isEmpty()
        || (operand.get().shape().elements() != 1 && !operand.get().shape().equals(each))) {
      return Optional.empty();
    }
    float[] stored = whole.parameters().get(part.parameter(operand.get().name()));
    double[] factors = ones(channels);
    double[] bias = new double[channels];
    for (int c = 0; c < channels; c++) {
      double number = stored[stored.length == 1 ? 0 : c];
      Binary binary = (Binary) op.op();
      bias[c] = op.isShift() ? binary.apply(0, number) : 0;
      factors[c] = op.isShift() ? 1 : binary.apply(1, number);
    }
    return Optional.of(diagonal(Window.of(1), factors, bias, op.isShift()));
  }

  /** Means whose windows are all alike. */
  private static Optional<Stencil> mean(Window window, AvgPool2d pool, Shape in) {
    boolean padded =
        window.h().before() + window.h().after() + window.w().before() + window.w().after() > 0;
    boolean cut = isCut(window.h(), in.size(1)) || isCut(window.w(), in.size(2));
    boolean alike = !cut && (pool.countPadding() || !padded);
    return alike ? Optional.of(mean(window, in)) : Optional.empty();
  }

  private static boolean isCut(Span span, int in) {
    return span.ceil() && span.out(in) != span.ceil(false).out(in);
  }

  private static Stencil mean(Window window, Shape in) {
    int channels = in.size(0);
    Window dense = new Window(dense(window.h()), dense(window.w()));
    double[] kernel = new double[channels * dense.elements()];
    for (int c = 0; c < channels; c++) {
      for (int u = 0; u < window.h().kernel(); u++) {
        for (int v = 0; v < window.w().kernel(); v++) {
          int row = c * dense.h().kernel() + u * window.h().dilation();
          kernel[row * dense.w().kernel() + v * window.w().dilation()] = 1.0 / window.elements();
        }
      }
    }
    return new Stencil(dense, channels, kernel, new double[channels], false, channels);
  }

  private static Optional<Stencil> adaptive(AdaptiveAvgPool2d pool, Shape in) {
    if (in.size(1) % pool.height() != 0 || in.size(2) % pool.width() != 0) {
      return Optional.empty();
    }
    int height = in.size(1) / pool.height();
    int width = in.size(2) / pool.width();
    return Optional.of(mean(Window.of(height, width).stride(height, width), in));
  }

  /** Why this and the next are no one convolution; empty if they are. */
  Optional<String> obstacle(Stencil next, String nextName) {
    Span h = next.window.h();
    Span w = next.window.w();
    if (h.before() + h.after() + w.before() + w.after() == 0) {
      return Optional.empty();
    }
    if (biased && Arrays.stream(bias).anyMatch(b -> b != 0)) {
      return Optional.of(
          "%s pads with zeros, which are no zeros plus the bias (or a batch norm's shift) of the layers before: at the borders no single bias does both"
              .formatted(nextName));
    }
    boolean reaches =
        window.elements() > 1
            || window.h().before() + window.h().after() + window.w().before() + window.w().after()
                > 0;
    return reaches
        ? Optional.of(
            "%s pads with zeros inside the chain, where one kernel would see the picture: the borders would differ"
                .formatted(nextName))
        : Optional.empty();
  }

  /** The one convolution that does what this and then the next do. */
  Stencil then(Stencil next) {
    int common = gcd(groups, next.groups);
    Span h = then(window.h(), next.window.h());
    Span w = then(window.w(), next.window.w());
    Window composed = new Window(h, w);
    int perGroup = in / common;
    double[] k = new double[next.out() * perGroup * composed.elements()];
    double[] b = next.bias.clone();
    for (int o = 0; o < next.out(); o++) {
      int nextIn = out() / next.groups;
      int firstMiddle = o / (next.out() / next.groups) * nextIn;
      for (int m = 0; m < nextIn; m++) {
        add(next, o, m, firstMiddle + m, k, common, composed);
        for (int tap = 0; tap < next.window.elements(); tap++) {
          b[o] +=
              next.kernel[(o * nextIn + m) * next.window.elements() + tap] * bias[firstMiddle + m];
        }
      }
    }
    return new Stencil(composed, common, k, b, biased || next.biased, in);
  }

  /** Adds what output o of the next reads of our output {@code middle}, its m-th input. */
  private void add(
      Stencil next, int o, int m, int middle, double[] k, int common, Window composed) {
    int ownIn = in / groups;
    int firstIn = middle / (out() / groups) * ownIn;
    int perGroup = in / common;
    int groupStart = o / (next.out() / common) * perGroup;
    int nextIn = out() / next.groups;
    for (int u2 = 0; u2 < next.height(); u2++) {
      for (int v2 = 0; v2 < next.width(); v2++) {
        double weight = next.kernel[((o * nextIn + m) * next.height() + u2) * next.width() + v2];
        for (int i = 0; weight != 0 && i < ownIn; i++) {
          int plane = o * perGroup + firstIn + i - groupStart;
          for (int u1 = 0; u1 < height(); u1++) {
            int row = plane * composed.h().kernel() + u1 + u2 * window.h().stride();
            for (int v1 = 0; v1 < width(); v1++) {
              k[row * composed.w().kernel() + v1 + v2 * window.w().stride()] +=
                  weight * kernel[((middle * ownIn + i) * height() + u1) * width() + v1];
            }
          }
        }
      }
    }
  }

  private static Span then(Span first, Span next) {
    return new Span(
        first.kernel() + (next.kernel() - 1) * first.stride(),
        first.stride() * next.stride(),
        1,
        first.before() + next.before() * first.stride(),
        first.after() + next.after() * first.stride(),
        false);
  }

  /**
   * The one convolution whose output is the sum of this one's and another's of the same picture:
   * both kernels in a window that has room for either, whose centre is where theirs are.
   *
   * @param sizes of the picture that comes in
   */
  Stencil plus(Stencil other, Shape sizes) {
    Window sum =
        new Window(
            plus(window.h(), other.window.h(), sizes.size(1)),
            plus(window.w(), other.window.w(), sizes.size(2)));
    int common = gcd(groups, other.groups);
    double[] k = new double[out() * (in / common) * sum.elements()];
    put(k, sum, common);
    other.put(k, sum, common);
    double[] b = bias.clone();
    for (int o = 0; o < b.length; o++) {
      b[o] += other.bias[o];
    }
    return new Stencil(sum, common, k, b, biased || other.biased, in);
  }

  private static Span plus(Span a, Span b, int in) {
    int before = Math.max(a.before(), b.before());
    int kernel = Math.max(before - a.before() + a.kernel(), before - b.before() + b.kernel());
    int after = Math.max(0, (a.out(in) - 1) * a.stride() + kernel - in - before);
    return new Span(kernel, a.stride(), 1, before, after, false);
  }

  /** Adds the kernel to a larger one of fewer groups. */
  private void put(double[] k, Window larger, int common) {
    int ownIn = in / groups;
    int perGroup = in / common;
    int down = larger.h().before() - window.h().before();
    int across = larger.w().before() - window.w().before();
    for (int o = 0; o < out(); o++) {
      int first = o / (out() / groups) * ownIn - o / (out() / common) * perGroup;
      for (int i = 0; i < ownIn; i++) {
        for (int u = 0; u < height(); u++) {
          int row = (o * perGroup + first + i) * larger.h().kernel() + down + u;
          for (int v = 0; v < width(); v++) {
            k[row * larger.w().kernel() + across + v] +=
                kernel[((o * ownIn + i) * height() + u) * width() + v];
          }
        }
      }
    }
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  Layer layer() {
    return new Conv2d(out(), window, false, groups, biased);
  }
}
