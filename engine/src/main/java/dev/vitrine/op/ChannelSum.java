package dev.vitrine.op;

import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * A sum over the examples of the batch and the positions of each channel, the first axis: the
 * statistics of {@link BatchNorm} and its derivatives. The inputs are values of one shape (C, …),
 * one an example, and shared numbers (C), one a channel; the first is of the former kind.
 */
public sealed interface ChannelSum extends Op {
  /**
   * {@return what element {@code k} of an example, of channel {@code c}, adds}
   *
   * @param call the inputs' elements
   * @param k the element's index in the example
   * @param c its channel
   */
  double term(Call call, int k, int c);

  /**
   * {@return M: how many elements of the batch each channel has}
   *
   * @param call the inputs' elements
   */
  default double count(Call call) {
    return (double) call.in(0).length / call.out().length * call.example().batchSize();
  }

  @Override
  default Batching batching() {
    return Batching.REDUCE;
  }

  @Override
  default boolean needsExamples(int input) {
    return input == 0;
  }

  @Override
  default boolean needsShared(int input) {
    return !needsExamples(input);
  }

  @Override
  default Shape shape(List<Shape> inputs) {
    return BatchNorm.channels(inputs.getFirst());
  }

  @Override
  default void evaluate(Call call) {
    int plane = call.in(0).length / call.out().length;
    for (int k = 0; k < call.in(0).length; k++) {
      call.out()[k / plane] += term(call, k, k / plane);
    }
  }

  /** {@code dy[c] / M} for each element of the examples, as x has them. */
  private static Value shared(Adjoint a, Value dy) {
    Shape x = a.x(0).shape();
    int channels = x.size(0);
    Value plane = a.ops().scale(spread(a, dy), (double) channels / x.elements());
    return a.ops().apply(new BatchSpread(BatchReduce.MEAN), plane);
  }

  /** A channel's number at each of its positions, for all examples. */
  private static Value spread(Adjoint a, Value channels) {
    Shape x = a.x(0).shape();
    int[] ones = x.sizes();
    Arrays.fill(ones, 1, ones.length, 1);
    return a.ops().broadcast(a.ops().reshape(channels, Shape.of(ones)), x);
  }

  /** {@code Σ x / M}, over the examples and positions of each channel; {@code dx = dy / M}. */
  record Mean() implements ChannelSum {
    @Override
    public int arity() {
      return 1;
    }

    @Override
    public Cost cost(List<Shape> inputs, Shape output) {
      return new Cost(0, output.elements(), inputs.getFirst().elements(), 0, 0);
    }

    @Override
    public double term(Call call, int k, int c) {
      return call.in(0)[k] / count(call);
    }

    @Override
    public Formula formula() {
      return Formula.of(List.of("x"), "Σ x / M", "dy[c]/M");
    }

    @Override
    public void gradient(Adjoint a) {
      a.to(0, () -> shared(a, a.dy()));
    }
  }

  /**
   * The biased estimate over the examples and positions of each channel; inputs: x and its mean.
   *
   * <pre>
   *   y     = Σ (x − mean)² / M
   *   dx    = 2 · (x − mean) · dy / M
   *   dmean = 2 · (mean − Σ x / M) · dy      0 but for rounding, if it is the mean of x
   * </pre>
   */
  record Variance() implements ChannelSum {
    @Override
    public int arity() {
      return 2;
    }

    @Override
    public Cost cost(List<Shape> inputs, Shape output) {
      long n = inputs.getFirst().elements();
      return new Cost(0, n + output.elements(), 2 * n, 0, 0);
    }

    @Override
    public double term(Call call, int k, int c) {
      double d = call.in(0)[k] - call.in(1)[c];
      return d * d / count(call);
    }

    @Override
    public Formula formula() {
      return Formula.of(
          List.of("x", "mean"),
          "Σ (x − mean)² / M",
          "2·(x − mean)·dy[c]/M",
          "2·(mean − Σx/M)·dy[c]");
    }

    @Override
    public void gradient(Adjoint a) {
      Ops g = a.ops();
      Value twice = g.scale(a.dy(), 2);
      a.to(0, () -> g.multiply(g.subtract(a.x(0), spread(a, a.x(1))), shared(a, twice)));
      a.to(1, () -> g.multiply(g.subtract(a.x(1), g.apply(new Mean(), a.x(0))), twice));
    }
  }

  /** {@code Σ dy} of each channel; input: dy. */
  record BiasGradient() implements ChannelSum {
    @Override
    public int arity() {
      return 1;
    }

    @Override
    public Cost cost(List<Shape> inputs, Shape output) {
      return Cost.additions(inputs.getFirst().elements());
    }

    @Override
    public Formula formula() {
      throw Derivative.second(this);
    }

    @Override
    public double term(Call call, int k, int c) {
      return call.in(0)[k];
    }
  }

  /**
   * {@code Σ dy · (x − mean) / σ} of each channel; inputs: x, mean, variance, dy.
   *
   * @param eps what is added to the variance under the root
   */
  record WeightGradient(double eps) implements ChannelSum {
    @Override
    public int arity() {
      return 4;
    }

    @Override
    public boolean needsExamples(int input) {
      return input == 0 || input == 3;
    }

    @Override
    public Cost cost(List<Shape> inputs, Shape output) {
      return BatchNorm.normalised(inputs.getFirst());
    }

    @Override
    public Formula formula() {
      throw Derivative.second(this);
    }

    @Override
    public double term(Call call, int k, int c) {
      return call.in(3)[k] * BatchNorm.normal(call, k, c, eps);
    }
  }
}
