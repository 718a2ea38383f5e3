package dev.vitrine.op;

import dev.vitrine.error.Range;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import java.util.List;

/**
 * The factors of inverted dropout (Srivastava et al., 2014): 0 with probability {@code rate}, else
 * 1 / (1 − rate), drawn for each element of each example anew at every step.
 *
 * <pre>
 *   m[n,k] = uniform(seed, "dropout " + name, step, n·K + k) &lt; rate ? 0 : 1 / (1 − rate)
 * </pre>
 *
 * The input only gives the shape; a dropout layer multiplies it by this mask. A draw depends on the
 * example's place n in the batch, never on threads or the order of execution.
 *
 * @param rate the probability of dropping, in [0, 1)
 * @param name the layer's name: two layers draw different masks
 */
public record DropoutMask(double rate, String name) implements Op {
  /** Checks the rate. */
  public DropoutMask {
    Range.BELOW_ONE.require("Dropout", "a rate in [0, 1)", rate);
  }

  @Override
  public int arity() {
    return 1;
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    return inputs.getFirst();
  }

  /**
   * {@return what its random numbers are for: {@code seed.key(purpose(), step)} is their stream's
   * key}
   */
  public long purpose() {
    return Seed.purpose("dropout " + name);
  }

  @Override
  public void evaluate(Call call) {
    Example example = call.example();
    RandomStream stream = new RandomStream(example.seed().key(purpose(), example.step()));
    double[] mask = call.out();
    long start = (long) example.index() * mask.length;
    for (int k = 0; k < mask.length; k++) {
      mask[k] = stream.uniform(start + k) < rate ? 0 : 1 / (1 - rate);
    }
  }

  @Override
  public Formula formula() {
    return Formula.of(List.of("x"), "m[k] = 0 with probability rate, else 1/(1 - rate)", "0");
  }

  @Override
  public void gradient(Adjoint a) {
    // The mask does not depend on its input's numbers.
  }
}
