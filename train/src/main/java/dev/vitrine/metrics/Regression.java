package dev.vitrine.metrics;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How near the numbers that a network tells come to those that are right.
 *
 * @param examples how many were evaluated
 * @param meanLoss the mean of the loss that is trained
 * @param targets for each number that is told how near it comes
 */
public record Regression(long examples, double meanLoss, List<Fit> targets) implements Judgement {
  /** Copies the list. */
  public Regression {
    targets = List.copyOf(targets);
  }

  /**
   * How near one number comes.
   *
   * @param mse the mean of {@code (y − t)²} over the examples
   * @param variance of what is right, the mean of {@code (t − t̄)²}: the error of who always says
   *     the mean
   */
  public record Fit(double mse, double variance) {
    /** {@return {@code √mse}, in the unit of the target} */
    public double rmse() {
      return Math.sqrt(mse);
    }

    /**
     * {@return the coefficient of determination, {@code R² = 1 − mse/variance}: 1 if all is right,
     * 0 for who always says the mean, negative for worse; nothing if all that is right is one
     * number}
     */
    public OptionalDouble r2() {
      return variance > 0 ? OptionalDouble.of(1 - mse / variance) : OptionalDouble.empty();
    }
  }

  /** {@return the mean over examples and targets of {@code (y − t)²}} */
  public double mse() {
    return targets.stream().mapToDouble(Fit::mse).average().orElse(Double.NaN);
  }

  /** {@return {@code √mse}} */
  public double rmse() {
    return Math.sqrt(mse());
  }

  /** {@return the mean of the targets' R²; nothing if one of them has none} */
  public OptionalDouble r2() {
    return targets.stream().allMatch(fit -> fit.r2().isPresent())
        ? targets.stream().mapToDouble(fit -> fit.r2().getAsDouble()).average()
        : OptionalDouble.empty();
  }
}
