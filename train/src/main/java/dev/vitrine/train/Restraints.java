package dev.vitrine.train;

import dev.vitrine.error.Range;
import java.util.Objects;
import java.util.Optional;

/**
 * What holds gradients and weights back in a training, beside the weight decay of its rule. In a
 * step, in this order:
 *
 * <pre>
 *   g ← clip(g, −clipValue, clipValue)
 *   g ← g · min(1, clipNorm / (‖g‖₂ + 1e-6))     ‖g‖₂ over all learned parameters
 *   g ← g + l1 · sign(w)                          where weight decay applies
 *   the optimiser's rule
 *   w[k] ← w[k] · min(1, maxNorm / ‖w[k]‖₂)       of each weight's rows, w[k] = all of first index k
 * </pre>
 *
 * Both clippings are PyTorch's. A row is what one output sums with, but of a transposed
 * convolution, where it is what one input is spread with (Srivastava et al., 2014, use c = 3 to 4
 * beside dropout).
 *
 * @param clipValue the largest size of a gradient's element, above 0
 * @param clipNorm the largest norm of all gradients together, above 0
 * @param l1 the factor of the penalty {@code l1 · Σ|w|}, above 0
 * @param maxNorm the largest norm of a weight's row, above 0
 */
public record Restraints(
    Optional<Double> clipValue,
    Optional<Double> clipNorm,
    Optional<Double> l1,
    Optional<Double> maxNorm) {
  /** None. */
  public static final Restraints NONE =
      new Restraints(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Checks the ranges. */
  public Restraints {
    Objects.requireNonNull(clipValue, "clipValue");
    Objects.requireNonNull(clipNorm, "clipNorm");
    Objects.requireNonNull(l1, "l1");
    Objects.requireNonNull(maxNorm, "maxNorm");
    positive("The gradients' largest value", clipValue);
    positive("The gradients' largest norm", clipNorm);
    positive("The L1 penalty", l1);
    positive("The rows' largest norm", maxNorm);
  }

  private static void positive(String name, Optional<Double> value) {
    value.ifPresent(number -> Range.POSITIVE.require(name, "a number above 0", number));
  }

  /** {@return whether there is none} */
  public boolean isNone() {
    return equals(NONE);
  }
}
