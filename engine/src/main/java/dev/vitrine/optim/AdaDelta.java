package dev.vitrine.optim;

import dev.vitrine.error.Range;
import java.util.List;
import java.util.Objects;

/**
 * AdaDelta (Zeiler, 2012) with L2 weight decay λ, in PyTorch's form:
 *
 * <pre>
 *   d ← g + λ · w
 *   v ← ρ · v + (1 − ρ) · d²
 *   Δ ← √(u + ε) / √(v + ε) · d
 *   u ← ρ · u + (1 − ρ) · Δ²
 *   w ← w − η · Δ
 * </pre>
 *
 * @param learningRate η, before the schedule's factor; 1 in the paper
 * @param rho ρ, what stays of both means, in [0, 1)
 * @param epsilon ε, which also sets the size of the first steps
 * @param weightDecay λ of the L2 penalty; 0 for none
 */
public record AdaDelta(double learningRate, double rho, double epsilon, double weightDecay)
    implements Optimizer {
  /** Checks the ranges. */
  public AdaDelta {
    Range.POSITIVE.require("The learning rate", "a number above 0", learningRate);
    Range.BELOW_ONE.require("AdaDelta's rho", "a number in [0, 1)", rho);
    Range.POSITIVE.require("AdaDelta's epsilon", "a number above 0", epsilon);
    Range.FROM_ZERO.require("The weight decay", "0 or more", weightDecay);
  }

  /**
   * {@return an optimiser with PyTorch's rho 0.9 and epsilon 1e-6, without weight decay}
   *
   * @param learningRate η, before the schedule's factor; 1 in the paper
   */
  public static AdaDelta of(double learningRate) {
    return new AdaDelta(learningRate, 0.9, 1e-6, 0);
  }

  /**
   * {@return the same rule with weight decay}
   *
   * @param newWeightDecay λ of the L2 penalty, per step; 0 for none
   */
  public AdaDelta weightDecay(double newWeightDecay) {
    return new AdaDelta(learningRate, rho, epsilon, newWeightDecay);
  }

  @Override
  public List<String> state() {
    return List.of("square", "move");
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
    float[] v = state[0];
    float[] u = state[1];
    float lambda = decay ? (float) weightDecay : 0;
    float r = (float) rho;
    float c = (float) (1 - rho);
    float eps = (float) epsilon;
    for (int i = from; i < to; i++) {
      float d = Math.fma(lambda, w[i], g[i]);
      float square = Math.fma(r, v[i], c * d * d);
      v[i] = square;
      float move = (float) Math.sqrt(u[i] + eps) / (float) Math.sqrt(square + eps) * d;
      u[i] = Math.fma(r, u[i], c * move * move);
      w[i] = Math.fma(-rate, move, w[i]);
    }
  }
}
