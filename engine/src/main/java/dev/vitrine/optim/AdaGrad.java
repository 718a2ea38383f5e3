package dev.vitrine.optim;

import dev.vitrine.error.Range;
import java.util.List;
import java.util.Objects;

/**
 * AdaGrad (Duchi, Hazan and Singer, 2011) with a decay γ of the learning rate and L2 weight decay
 * λ, in PyTorch's form; t counts steps from 1:
 *
 * <pre>
 *   d ← g + λ · w
 *   s ← s + d²
 *   w ← w − η / (1 + (t − 1) · γ) · d / (√s + ε)
 * </pre>
 *
 * @param learningRate η, before the schedule's factor
 * @param learningRateDecay γ, by which the rate falls with the steps; 0 for none
 * @param epsilon ε, what keeps the denominator off 0
 * @param weightDecay λ of the L2 penalty; 0 for none
 */
public record AdaGrad(
    double learningRate, double learningRateDecay, double epsilon, double weightDecay)
    implements Optimizer {
  /** Checks the ranges. */
  public AdaGrad {
    Range.POSITIVE.require("The learning rate", "a number above 0", learningRate);
    Range.FROM_ZERO.require("The learning rate's decay", "0 or more", learningRateDecay);
    Range.POSITIVE.require("AdaGrad's epsilon", "a number above 0", epsilon);
    Range.FROM_ZERO.require("The weight decay", "0 or more", weightDecay);
  }

  /**
   * {@return an optimiser with PyTorch's epsilon 1e-10, without decay of rate or weights}
   *
   * @param learningRate η, before the schedule's factor
   */
  public static AdaGrad of(double learningRate) {
    return new AdaGrad(learningRate, 0, 1e-10, 0);
  }

  /**
   * {@return the same rule with a rate that falls}
   *
   * @param newDecay γ; 0 for none
   */
  public AdaGrad learningRateDecay(double newDecay) {
    return new AdaGrad(learningRate, newDecay, epsilon, weightDecay);
  }

  /**
   * {@return the same rule with weight decay}
   *
   * @param newWeightDecay λ of the L2 penalty, per step; 0 for none
   */
  public AdaGrad weightDecay(double newWeightDecay) {
    return new AdaGrad(learningRate, learningRateDecay, epsilon, newWeightDecay);
  }

  @Override
  public List<String> state() {
    return List.of("sum");
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
    float[] s = state[0];
    float lambda = decay ? (float) weightDecay : 0;
    float size = (float) (rate / (1 + step * learningRateDecay));
    float eps = (float) epsilon;
    for (int i = from; i < to; i++) {
      float d = Math.fma(lambda, w[i], g[i]);
      float sum = Math.fma(d, d, s[i]);
      s[i] = sum;
      w[i] = Math.fma(-size, d / ((float) Math.sqrt(sum) + eps), w[i]);
    }
  }
}
