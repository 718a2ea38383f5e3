package dev.vitrine.optim;

import dev.vitrine.error.Range;
import java.util.List;
import java.util.Objects;

/**
 * AdamW (Loshchilov and Hutter, 2019): {@link Adam} with a weight decay λ that is no part of the
 * gradient, in PyTorch's form; t counts steps from 1:
 *
 * <pre>
 *   w ← w − η · λ · w
 *   m ← β₁ · m + (1 − β₁) · g
 *   v ← β₂ · v + (1 − β₂) · g²
 *   w ← w − η / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε)
 * </pre>
 *
 * @param learningRate η, before the schedule's factor
 * @param beta1 β₁, the first moment's decay, in [0, 1)
 * @param beta2 β₂, the second moment's decay, in [0, 1)
 * @param epsilon ε, what keeps the denominator off 0
 * @param weightDecay λ, what share of a weight goes at a learning rate of 1; 0 for none
 */
public record AdamW(
    double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
    implements Optimizer {
  /** Checks the ranges. */
  public AdamW {
    Range.POSITIVE.require("The learning rate", "a number above 0", learningRate);
    Range.BELOW_ONE.require("AdamW's beta1", "a number in [0, 1)", beta1);
    Range.BELOW_ONE.require("AdamW's beta2", "a number in [0, 1)", beta2);
    Range.POSITIVE.require("AdamW's epsilon", "a number above 0", epsilon);
    Range.FROM_ZERO.require("The weight decay", "0 or more", weightDecay);
  }

  /**
   * {@return an optimiser with PyTorch's betas 0.9 and 0.999, epsilon 1e-8 and weight decay 0.01}
   *
   * @param learningRate η, before the schedule's factor
   */
  public static AdamW of(double learningRate) {
    return new AdamW(learningRate, 0.9, 0.999, 1e-8, 0.01);
  }

  /**
   * {@return the same rule with another weight decay}
   *
   * @param newWeightDecay λ, per step; 0 for none
   */
  public AdamW weightDecay(double newWeightDecay) {
    return new AdamW(learningRate, beta1, beta2, epsilon, newWeightDecay);
  }

  @Override
  public List<String> state() {
    return List.of("mean", "square");
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
    float[] v = state[1];
    float lost = decay ? (float) (rate * weightDecay) : 0;
    float b1 = (float) beta1;
    float b2 = (float) beta2;
    float c1 = (float) (1 - beta1);
    float c2 = (float) (1 - beta2);
    float size = (float) (rate / (1 - StrictMath.pow(beta1, step + 1)));
    float scale = (float) (1 / StrictMath.sqrt(1 - StrictMath.pow(beta2, step + 1)));
    float eps = (float) epsilon;
    for (int i = from; i < to; i++) {
      float d = g[i];
      float mean = Math.fma(b1, m[i], c1 * d);
      float square = Math.fma(b2, v[i], c2 * d * d);
      m[i] = mean;
      v[i] = square;
      float root = (float) Math.sqrt(square);
      w[i] = Math.fma(-size, mean / Math.fma(root, scale, eps), Math.fma(-lost, w[i], w[i]));
    }
  }
}
