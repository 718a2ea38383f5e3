package dev.vitrine.optim;

import dev.vitrine.error.Range;
import java.util.List;
import java.util.Objects;

/**
 * AMSGrad (Reddi, Kale and Kumar, 2018), which is {@link Adam} with a second moment that never
 * falls, with L2 weight decay λ, in PyTorch's form; t counts steps from 1:
 *
 * <pre>
 *   d ← g + λ · w
 *   m ← β₁ · m + (1 − β₁) · d
 *   v ← β₂ · v + (1 − β₂) · d²
 *   s ← max(s, v)
 *   w ← w − η / (1 − β₁ᵗ) · m / (√s / √(1 − β₂ᵗ) + ε)
 * </pre>
 *
 * @param learningRate η, before the schedule's factor
 * @param beta1 β₁, the first moment's decay, in [0, 1)
 * @param beta2 β₂, the second moment's decay, in [0, 1)
 * @param epsilon ε, what keeps the denominator off 0
 * @param weightDecay λ of the L2 penalty; 0 for none
 */
public record AmsGrad(
    double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
    implements Optimizer {
  /** Checks the ranges. */
  public AmsGrad {
    Range.POSITIVE.require("The learning rate", "a number above 0", learningRate);
    Range.BELOW_ONE.require("AMSGrad's beta1", "a number in [0, 1)", beta1);
    Range.BELOW_ONE.require("AMSGrad's beta2", "a number in [0, 1)", beta2);
    Range.POSITIVE.require("AMSGrad's epsilon", "a number above 0", epsilon);
    Range.FROM_ZERO.require("The weight decay", "0 or more", weightDecay);
  }

  /**
   * {@return an optimiser with the paper's betas 0.9 and 0.999 and epsilon 1e-8, without weight
   * decay}
   *
   * @param learningRate η, before the schedule's factor
   */
  public static AmsGrad of(double learningRate) {
    return new AmsGrad(learningRate, 0.9, 0.999, 1e-8, 0);
  }

  /**
   * {@return the same rule with weight decay}
   *
   * @param newWeightDecay λ of the L2 penalty, per step; 0 for none
   */
  public AmsGrad weightDecay(double newWeightDecay) {
    return new AmsGrad(learningRate, beta1, beta2, epsilon, newWeightDecay);
  }

  @Override
  public List<String> state() {
    return List.of("mean", "square", "largest");
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
    float[] s = state[2];
    float lambda = decay ? (float) weightDecay : 0;
    float b1 = (float) beta1;
    float b2 = (float) beta2;
    float c1 = (float) (1 - beta1);
    float c2 = (float) (1 - beta2);
    float size = (float) (rate / (1 - StrictMath.pow(beta1, step + 1)));
    float scale = (float) (1 / StrictMath.sqrt(1 - StrictMath.pow(beta2, step + 1)));
    float eps = (float) epsilon;
    for (int i = from; i < to; i++) {
      float d = Math.fma(lambda, w[i], g[i]);
      float mean = Math.fma(b1, m[i], c1 * d);
      float square = Math.fma(b2, v[i], c2 * d * d);
      m[i] = mean;
      v[i] = square;
      float largest = Math.max(s[i], square);
      s[i] = largest;
      float root = (float) Math.sqrt(largest);
      w[i] = Math.fma(-size, mean / Math.fma(root, scale, eps), w[i]);
    }
  }
}
