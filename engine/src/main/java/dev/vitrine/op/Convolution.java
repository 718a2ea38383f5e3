package dev.vitrine.op;

import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.util.List;

/**
 * Two-dimensional convolution (cross-correlation, as every framework has it), in {@code groups}.
 *
 * <pre>
 *   y[o,i,j] = b[o] + Σ_{c,u,v} w[o,c,u,v] · x[g·C/G + c, i·s + u·d − p, j·s + v·d − p]
 *
 *   x (C, H, W)   w (O, C/G, KH, KW)   b (O)   y (O, OH, OW)   g = ⌊o·G/O⌋ the group of o
 *   OH = ⌊(H + 2p − d·(KH − 1) − 1) / s⌋ + 1;  elements of x outside the image are 0
 *
 *   dx[c',i',j']  = Σ over the (o,i,j,u,v) that read x[c',i',j'] of w[o,c,u,v] · dy[o,i,j]
 *   dw[o,c,u,v]   = Σ_{n,i,j} dy[o,i,j] · x[g·C/G + c, i·s + u·d − p, j·s + v·d − p]
 *   db[o]         = Σ_{n,i,j} dy[o,i,j]        n: the examples of the batch
 * </pre>
 *
 * Inputs: x, w and, if {@code bias}, b. Per example O·OH·OW·(C/G)·KH·KW MACs.
 *
 * @param window how the filter slides over the image, and its padding
 * @param groups the number of groups, which divides both numbers of channels
 * @param bias whether b is an input and is added
 */
public record Convolution(Window window, int groups, boolean bias) implements Op {
  @Override
  public int arity() {
    return bias ? 3 : 2;
  }

  @Override
  public boolean needsShared(int input) {
    return input > 0;
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    Shape x = inputs.get(0);
    Shape w = inputs.get(1);
    if (w.rank() != 4 || w.size(2) != window.h().kernel() || w.size(3) != window.w().kernel()) {
      throw new UserException(
          "%s expects a weight of shape (out, in/groups, %s, %s), but got %s"
              .formatted(this, window.h().kernel(), window.w().kernel(), w));
    }
    int inChannels = w.size(1) * groups;
    if (x.rank() != 3 || x.size(0) != inChannels) {
      throw new UserException(
          "Conv2d(%s → %s, %s) expects %s input channels, but its input is %s"
              .formatted(inChannels, w.size(0), window, inChannels, x));
    }
    if (w.size(0) % groups != 0) {
      throw new UserException(
          "Conv2d(%s → %s, %s) expects outChannels to be a multiple of its %s groups"
              .formatted(inChannels, w.size(0), window, groups));
    }
    if (bias && !inputs.get(2).equals(Shape.of(w.size(0)))) {
      throw new UserException(
          "Conv2d(%s → %s, %s) expects a bias of shape (%s), but got %s"
              .formatted(inChannels, w.size(0), window, w.size(0), inputs.get(2)));
    }
    return window.slide(this, w.size(0), x);
  }

  @Override
  public Cost cost(List<Shape> inputs, Shape output) {
    Shape w = inputs.get(1);
    return Cost.dotProducts(output.elements(), w.elements() / w.size(0), bias);
  }

  @Override
  public void evaluate(Call call) {
    double[] x = call.in(0);
    double[] w = call.in(1);
    double[] y = call.out();
    if (bias) {
      int plane = y.length / call.in(2).length;
      for (int k = 0; k < y.length; k++) {
        y[k] = call.in(2)[k / plane];
      }
    }
    Taps taps = new Taps(window, call.shape(0), call.shape(1), call.shape());
    int step = window.w().stride();
    taps.forEach((xk, wk, yk, count) -> {
      for (int t = 0; t < count; t++) {
        y[yk + t] += w[wk] * x[xk + t * step];
      }
    });
  }

  @Override
  public Formula formula() {
    String x = "x[g·C/G + c, i·s + u·d − p, j·s + v·d − p]";
    String y = "Σ_{c,u,v} w[o,c,u,v] · " + x;
    String dx = "Σ over the (o,i,j,u,v) that read x[c',i',j'] of w[o,c,u,v] · dy[o,i,j]";
    String dw = "Σ_{i,j} dy[o,i,j] · " + x;
    return bias
        ? Formula.of(List.of("x", "w", "b"), "b[o] + " + y, dx, dw, "Σ_{i,j} dy[o,i,j]")
        : Formula.of(List.of("x", "w"), y, dx, dw);
  }

  @Override
  public void gradient(Adjoint a) {
    Ops g = a.ops();
    Shape x = a.x(0).shape();
    Shape w = a.x(1).shape();
    a.to(0, () -> g.apply(new InputGradient(window, groups, x), a.x(1), a.dy()));
    a.to(1, () -> g.apply(new WeightGradient(window, groups, w), a.x(0), a.dy()));
    if (bias) {
      a.to(2, () -> g.apply(new BiasGradient(), a.dy()));
    }
  }

  /**
   * The gradient with respect to x, of shape {@code input}; inputs: w, dy. By itself it is the
   * transposed convolution of dy.
   *
   * @param window that of the convolution
   * @param groups that of the convolution
   * @param input (C, H, W)
   */
  public record InputGradient(Window window, int groups, Shape input) implements Derivative {
    @Override
    public boolean needsShared(int i) {
      return i == 0;
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      return input;
    }

    @Override
    public Cost cost(List<Shape> inputs, Shape output) {
      Shape w = inputs.getFirst();
      return Cost.dotProducts(inputs.get(1).elements(), w.elements() / w.size(0), false);
    }

    @Override
    public void evaluate(Call call) {
      double[] w = call.in(0);
      double[] dy = call.in(1);
      double[] dx = call.out();
      Taps taps = new Taps(window, input, call.shape(0), call.shape(1));
      int step = window.w().stride();
      taps.forEach((xk, wk, yk, count) -> {
        for (int t = 0; t < count; t++) {
          dx[xk + t * step] += w[wk] * dy[yk + t];
        }
      });
    }

    /** Linear in w and dy: what its output's gradient is to them, x is to y and dy in the op. */
    @Override
    public Formula formula() {
      return Formula.of(
          List.of("w", "dy"),
          "the transposed convolution of dy",
          "Σ_{i,j} dy[o,i,j] · dz[g·C/G + c, i·s + u·d − p, j·s + v·d − p]",
          "the convolution of dz");
    }

    @Override
    public void gradient(Adjoint a) {
      Ops g = a.ops();
      Shape w = a.x(0).shape();
      a.to(0, () -> g.apply(new WeightGradient(window, groups, w), a.dy(), a.x(1)));
      a.to(1, () -> g.apply(new Convolution(window, groups, false), a.dy(), a.x(0)));
    }
  }

  /**
   * The gradient with respect to w, of shape {@code weight}; inputs: x, dy.
   *
   * @param window that of the convolution
   * @param groups that of the convolution
   * @param weight (O, C/G, KH, KW)
   */
  public record WeightGradient(Window window, int groups, Shape weight) implements Derivative {
    @Override
    public Batching batching() {
      return Batching.REDUCE;
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      return weight;
    }

    @Override
    public Cost cost(List<Shape> inputs, Shape output) {
      Shape dy = inputs.get(1);
      return Cost.dotProducts(weight.elements(), (long) dy.size(1) * dy.size(2), true);
    }

    @Override
    public void evaluate(Call call) {
      double[] x = call.in(0);
      double[] dy = call.in(1);
      double[] dw = call.out();
      Taps taps = new Taps(window, call.shape(0), weight, call.shape(1));
      int step = window.w().stride();
      taps.forEach((xk, wk, yk, count) -> {
        for (int t = 0; t < count; t++) {
          dw[wk] += dy[yk + t] * x[xk + t * step];
        }
      });
    }
  }

  /** {@code db[o] = Σ_{n,i,j} dy[o,i,j]}; input: dy, of any shape (O, …). */
  public record BiasGradient() implements Derivative {
    @Override
    public int arity() {
      return 1;
    }

    @Override
    public Batching batching() {
      return Batching.REDUCE;
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      return Shape.of(inputs.getFirst().size(0));
    }

    @Override
    public Cost cost(List<Shape> inputs, Shape output) {
      return Cost.additions(inputs.getFirst().elements());
    }

    @Override
    public void evaluate(Call call) {
      double[] dy = call.in(0);
      int plane = dy.length / call.out().length;
      for (int k = 0; k < dy.length; k++) {
        call.out()[k / plane] += dy[k];
      }
    }
  }

  /** Every (input, weight, output) element triple that a convolution multiplies. */
  private record Taps(Window window, Shape x, Shape w, Shape y) {
    /** One weight along one row of outputs: {@code count} of them, their inputs a stride apart. */
    interface Row {
      void taps(int x, int w, int y, int count);
    }

    /** Filter by filter, and in it tap by tap: each output sees its taps in the weight's order. */
    void forEach(Row row) {
      int perGroup = w.size(0) * w.size(1) / x.size(0);
      for (int o = 0; o < y.size(0); o++) {
        for (int c = 0; c < w.size(1); c++) {
          int channel = o / perGroup * w.size(1) + c;
          for (int u = 0; u < w.size(2); u++) {
            for (int v = 0; v < w.size(3); v++) {
              rows(row, o, channel, ((o * w.size(1) + c) * w.size(2) + u) * w.size(3) + v, u, v);
            }
          }
        }
      }
    }

    /** All outputs of one weight whose inputs are inside the image. */
    private void rows(Row row, int o, int channel, int weight, int u, int v) {
      int from = Math.max(0, Math.ceilDiv(-window.w().source(0, v), window.w().stride()));
      int last = x.size(2) - 1 - window.w().source(0, v);
      int count = Math.min(y.size(2), Math.floorDiv(last, window.w().stride()) + 1) - from;
      for (int i = 0; i < y.size(1); i++) {
        int line = window.h().source(i, u);
        if (count > 0 && line >= 0 && line < x.size(1)) {
          row.taps(
              (channel * x.size(1) + line) * x.size(2) + window.w().source(from, v),
              weight,
              (o * y.size(1) + i) * y.size(2) + from,
              count);
        }
      }
    }
  }
}
