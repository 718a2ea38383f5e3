package dev.vitrine.collapse;

import dev.vitrine.nn.AvgPool2d;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.random.RandomStream;
import java.util.Arrays;

/**
 * How far the answers of a collapsed chain are from those of its layers, both computed in double
 * precision, on inputs drawn at random.
 *
 * @param inputs how many were drawn
 * @param largest the largest difference of an output
 * @param bound what rounding the new weights to single precision, and sums in double precision,
 *     explain where the difference fills most of it
 * @param share the largest share of its bound that a difference fills; at most 1 if nothing but
 *     rounding lies between the two
 */
public record Proof(int inputs, double largest, double bound, double share) {
  private static final double SINGLE = Math.scalb(1.0, -24);
  private static final double DOUBLE = Math.scalb(1.0, -53);

  /** {@return whether rounding explains all differences} */
  public boolean holds() {
    return share <= 1;
  }

  /**
   * Compares a chain with the layer made of it.
   *
   * @param chain the layers
   * @param made the one layer
   * @param terms how many numbers an output is summed from, layer by layer
   */
  static Proof of(Model chain, Model made, long terms, int inputs, RandomStream draws) {
    Model sizes = absolute(chain);
    Model weights = absolute(made);
    double largest = 0;
    double bound = 0;
    double share = 0;
    int size = chain.input().elements();
    for (int n = 0; n < inputs; n++) {
      double[] x = drawn(size, draws, n);
      double[] positive = Arrays.stream(x).map(Math::abs).toArray();
      double[] expected = Numerics.output(chain, x);
      double[] got = Numerics.output(made, x);
      double[] passed = Numerics.output(sizes, positive);
      double[] weighed = Numerics.output(weights, positive);
      double least = Float.MIN_VALUE * (Arrays.stream(positive).sum() + 1);
      for (int i = 0; i < got.length; i++) {
        double difference = Math.abs(expected[i] - got[i]);
        double allowed = SINGLE * weighed[i] + 4 * terms * DOUBLE * passed[i] + least;
        largest = Math.max(largest, difference);
        if (difference / allowed >= share) {
          share = difference / allowed;
          bound = allowed;
        }
      }
    }
    return new Proof(inputs, largest, bound, share);
  }

  static double[] drawn(int size, RandomStream draws, int number) {
    double[] x = new double[size];
    for (int i = 0; i < size; i++) {
      x[i] = (float) draws.normal((long) number * size + i);
    }
    return x;
  }

  /** Of positive inputs it gives the sum of the sizes of all that is added up. */
  private static Model absolute(Model model) {
    Model sizes =
        new Model(model.network(), model.input(), model.specs(), model.parameters().copy());
    for (ParameterSpec spec : model.specs()) {
      float[] values = model.parameters().get(spec.name());
      float sign = spec.role() == ParameterSpec.Role.RUNNING_MEAN ? -1 : 1;
      for (int i = 0; i < values.length; i++) {
        values[i] = sign * Math.abs(values[i]);
      }
      sizes.parameters().set(spec.name(), values);
    }
    return sizes;
  }

  /** How many numbers an output of a part is summed from. */
  static long terms(Part part, Model model) {
    long most = 2;
    for (ParameterSpec spec : model.specs()) {
      if (spec.name().startsWith(part.parameter(""))) {
        most = Math.max(most, spec.fanIn() + 4L);
      }
    }
    return part.layer() instanceof AvgPool2d pool
        ? pool.window().elements() + 4L
        : Math.max(most, part.in().elements() / Math.max(1, part.out().elements()) + 4L);
  }
}
