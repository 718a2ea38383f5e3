package dev.vitrine.op;

import dev.vitrine.error.Range;
import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.util.List;

/**
 * Batch normalisation (Ioffe and Szegedy, 2015), each channel c (the first axis) by itself; M is
 * the number of a channel's elements in the batch, positions times examples.
 *
 * <pre>
 *   y     = x̂ · weight[c] + bias[c]      x̂ = (x − mean[c]) / σ[c]      σ = √(variance + eps)
 *
 *   dbias[c]   = Σ dy                    over examples and positions
 *   dweight[c] = Σ dy · x̂
 *   dx         = weight[c] / σ[c] · (dy − dbias[c] / M − x̂ · dweight[c] / M)   if ofBatch
 *   dx         = weight[c] / σ[c] · dy                                         if not
 * </pre>
 *
 * Inputs: x, mean, variance, weight, bias. In training mean and variance are {@link
 * ChannelSum.Mean} and {@link ChannelSum.Variance} of x; the derivative through them is part of dx
 * above, so none is handed on to them. In inference they are given.
 *
 * @param eps what is added to the variance
 * @param ofBatch whether mean and variance are those of the batch's x
 */
public record BatchNorm(double eps, boolean ofBatch) implements Op {
  /** Checks the range. */
  public BatchNorm {
    Range.POSITIVE.require("BatchNorm", "an eps above 0", eps);
  }

  @Override
  public int arity() {
    return 5;
  }

  @Override
  public boolean needsShared(int input) {
    return input > 0;
  }

  @Override
  public boolean needsExamples(int input) {
    return ofBatch && input == 0;
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    Shape channels = channels(inputs.getFirst());
    for (Shape shared : inputs.subList(1, inputs.size())) {
      if (!shared.equals(channels)) {
        throw new UserException(
            "BatchNorm of %s expects a number for each channel, %s, but got %s"
                .formatted(inputs.getFirst(), channels, shared));
      }
    }
    return inputs.getFirst();
  }

  static Shape channels(Shape x) {
    if (x.rank() == 0) {
      throw new UserException(
          "BatchNorm expects an image (C, H, W) or a vector (C), but got a single number");
    }
    return Shape.of(x.size(0));
  }

  /** For each element (x − mean) · (weight / σ) + bias; for each channel weight / √(v + eps). */
  @Override
  public Cost cost(List<Shape> inputs, Shape output) {
    return normalised(inputs.getFirst());
  }

  static Cost normalised(Shape x) {
    long n = x.elements();
    long c = x.size(0);
    return new Cost(0, n + c, 2 * n + c, 0, c);
  }

  @Override
  public void evaluate(Call call) {
    int plane = plane(call);
    for (int k = 0; k < call.out().length; k++) {
      int c = k / plane;
      call.out()[k] = normal(call, k, c, eps) * call.in(3)[c] + call.in(4)[c];
    }
  }

  /** How many elements of an example are of one channel; input 1 has a number for each. */
  private static int plane(Call call) {
    return call.in(0).length / call.in(1).length;
  }

  /** σ[c], of the variance in input 2. */
  private static double sigma(Call call, int c, double eps) {
    return Math.sqrt(call.in(2)[c] + eps);
  }

  /** x̂[k], of x, mean and variance in inputs 0, 1 and 2. */
  static double normal(Call call, int k, int c, double eps) {
    return (call.in(0)[k] - call.in(1)[c]) / sigma(call, c, eps);
  }

  @Override
  public Formula formula() {
    String scale = "weight[c]/√(variance[c] + ε)";
    return Formula.of(
        List.of("x", "mean", "variance", "weight", "bias"),
        "weight[c]·x̂ + bias[c],  x̂ = (x − mean[c])/√(variance[c] + ε)",
        ofBatch
            ? scale + "·(dy − Σdy/M − x̂·Σ(dy·x̂)/M), mean and variance being those of x"
            : scale + "·dy",
        "0",
        "0",
        "Σ dy·x̂",
        "Σ dy");
  }

  @Override
  public void gradient(Adjoint a) {
    if (ofBatch
        && !(a.x(1).op() instanceof ChannelSum.Mean
            && a.x(2).op() instanceof ChannelSum.Variance)) {
      throw new IllegalStateException(
          "BatchNorm of a batch's statistics expects them, but got " + a.x(1) + ", " + a.x(2));
    }
    Ops g = a.ops();
    Value dBias = g.apply(new ChannelSum.BiasGradient(), a.dy());
    Value dWeight = g.apply(new ChannelSum.WeightGradient(eps), a.x(0), a.x(1), a.x(2), a.dy());
    a.to(3, () -> dWeight);
    a.to(4, () -> dBias);
    Value zero = g.constant(0, a.x(1).shape());
    a.to(
        0,
        () ->
            ofBatch
                ? g.apply(
                    new InputGradient(eps), a.x(0), a.x(1), a.x(2), a.x(3), dWeight, dBias, a.dy())
                : g.apply(this, a.dy(), zero, a.x(2), a.x(3), zero));
  }

  /**
   * dx of a batch's own statistics; inputs: x, mean, variance, weight, dweight, dbias, dy.
   *
   * @param eps what is added to the variance under the root
   */
  public record InputGradient(double eps) implements Derivative {
    @Override
    public int arity() {
      return 7;
    }

    @Override
    public boolean needsExamples(int input) {
      return input == 0 || input == 6;
    }

    @Override
    public boolean needsShared(int input) {
      return !needsExamples(input);
    }

    /** For each element two products and three differences; for each channel what is its own. */
    @Override
    public Cost cost(List<Shape> inputs, Shape output) {
      long n = output.elements();
      long c = output.size(0);
      return new Cost(0, 2 * n + 4 * c, 3 * n + c, 0, c);
    }

    @Override
    public void evaluate(Call call) {
      int plane = plane(call);
      double m = (double) plane * call.example().batchSize();
      for (int k = 0; k < call.out().length; k++) {
        int c = k / plane;
        double inner =
            call.in(6)[k] - (call.in(5)[c] + normal(call, k, c, eps) * call.in(4)[c]) / m;
        call.out()[k] = call.in(3)[c] / sigma(call, c, eps) * inner;
      }
    }
  }
}
