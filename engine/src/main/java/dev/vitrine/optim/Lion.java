package dev.vitrine.optim;

import dev.vitrine.error.Range;
import java.util.List;
import java.util.Objects;

/**
 * Lion (Chen et al., 2023): the sign of an interpolated momentum, with a weight decay λ that is no
 * part of the gradient:
 *
 * <pre>
 *   c ← β₁ · m + (1 − β₁) · g
 *   w ← w − η · (sign(c) + λ · w)
 *   m ← β₂ · m + (1 − β₂) · g
 * </pre>
 *
 * @param learningRate η, before the schedule's factor; a third to a tenth of Adam's
 * @param beta1 β₁, what the momentum weighs in a step, in [0, 1)
 * @param beta2 β₂, what stays of the momentum, in [0, 1)
 * @param weightDecay λ, what share of a weight goes at a learning rate of 1; 0 for none
 */
public record Lion(double learningRate, double beta1, double beta2, double weightDecay)
    implements Optimizer {
  /** Checks the ranges. */
  public Lion {
    Range.POSITIVE.require("The learning rate", "a number above 0", learningRate);
    Range.BELOW_ONE.require("Lion's beta1", "a number in [0, 1)", beta1);
    Range.BELOW_ONE.require("Lion's beta2", "a number in [0, 1)", beta2);
    Range.FROM_ZERO.require("The weight decay", "0 or more", weightDecay);
  }

  /**
   * {@return an optimiser with the paper's betas 0.9 and 0.99, without weight decay}
   *
   * @param learningRate η, before the schedule's factor
   */
  public static Lion of(double learningRate) {
    return new Lion(learningRate, 0.9, 0.99, 0);
  }

  /**
   * {@return the same rule with weight decay}
   *
   * @param newWeightDecay λ, per step; 0 for none
   */
  public Lion weightDecay(double newWeightDecay) {
    return new Lion(learningRate, beta1, beta2, newWeightDecay);
  }

  @Override
  public List<String> state() {
    return List.of("momentum");
  }

  @Override
  public void update(
      float[] w,
      float[] g,
      float[][] state,
      int from,
      int to,
      float rate,
      boolean decay,
      long step) {
    Objects.requireNonNull(w, "w");
    Objects.requireNonNull(g, "g");
    Objects.requireNonNull(state, "state");
    float[] m = state[0];
    float lambda = decay ? (float) weightDecay : 0;
    float b1 = (float) beta1;
    float b2 = (float) beta2;
    float c1 = (float) (1 - beta1);
    float c2 = (float) (1 - beta2);
    for (int i = from; i < to; i++) {
      float sign = Math.signum(Math.fma(b1, m[i], c1 * g[i]));
      m[i] = Math.fma(b2, m[i], c2 * g[i]);
      w[i] = Math.fma(-rate, Math.fma(lambda, w[i], sign), w[i]);
    }
  }
}
