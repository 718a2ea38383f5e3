package dev.vitrine.optim;

import dev.vitrine.error.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * RMSProp (Tieleman and Hinton, 2012) with momentum μ and L2 weight decay λ, in PyTorch's form:
 *
 * <pre>
 *   d ← g + λ · w
 *   v ← α · v + (1 − α) · d²
 *   m ← α · m + (1 − α) · d       only if centred (Graves, 2013)
 *   b ← μ · b + d / (√v + ε)      centred: √(v − m²) in √v's place
 *   w ← w − η · b
 * </pre>
 *
 * @param learningRate η, before the schedule's factor
 * @param alpha α, what stays of the squares' mean, in [0, 1)
 * @param epsilon ε, what keeps the denominator off 0
 * @param momentum μ, any finite number, usually in [0, 1); 0 for none
 * @param centered whether the gradients' variance takes the place of their mean square
 * @param weightDecay λ of the L2 penalty; 0 for none
 */
public record RmsProp(
    double learningRate,
    double alpha,
    double epsilon,
    double momentum,
    boolean centered,
    double weightDecay)
    implements Optimizer {
  /** Checks the ranges. */
  public RmsProp {
    Range.POSITIVE.require("The learning rate", "a number above 0", learningRate);
    Range.BELOW_ONE.require("RMSProp's alpha", "a number in [0, 1)", alpha);
    Range.POSITIVE.require("RMSProp's epsilon", "a number above 0", epsilon);
    Momentum.require(momentum);
    Range.FROM_ZERO.require("The weight decay", "0 or more", weightDecay);
  }

  /**
   * {@return an optimiser with PyTorch's alpha 0.99 and epsilon 1e-8, without momentum, not
   * centred, without weight decay}
   *
   * @param learningRate η, before the schedule's factor
   */
  public static RmsProp of(double learningRate) {
    return new RmsProp(learningRate, 0.99, 1e-8, 0, false, 0);
  }

  /**
   * {@return the same rule with momentum}
   *
   * @param newMomentum μ, any finite number, usually in [0, 1); 0 for none
   */
  public RmsProp momentum(double newMomentum) {
    return new RmsProp(learningRate, alpha, epsilon, newMomentum, centered, weightDecay);
  }

  /**
   * {@return the same rule, by the gradients' variance or their mean square}
   *
   * @param on whether it is the variance
   */
  public RmsProp centered(boolean on) {
    return new RmsProp(learningRate, alpha, epsilon, momentum, on, weightDecay);
  }

  /**
   * {@return the same rule with weight decay}
   *
   * @param newWeightDecay λ of the L2 penalty, per step; 0 for none
   */
  public RmsProp weightDecay(double newWeightDecay) {
    return new RmsProp(learningRate, alpha, epsilon, momentum, centered, newWeightDecay);
  }

  @Override
  public Optional<String> caution() {
    return Momentum.caution(momentum);
  }

  @Override
  public List<String> state() {
    List<String> names = new ArrayList<>(List.of("square"));
    if (momentum != 0) {
      names.add("momentum");
    }
    if (centered) {
      names.add("mean");
    }
    return names;
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
    float[] b = momentum != 0 ? state[1] : null;
    float[] m = centered ? state[state.length - 1] : null;
    float lambda = decay ? (float) weightDecay : 0;
    float a = (float) alpha;
    float c = (float) (1 - alpha);
    float mu = (float) momentum;
    float eps = (float) epsilon;
    for (int i = from; i < to; i++) {
      float d = Math.fma(lambda, w[i], g[i]);
      float square = Math.fma(a, v[i], c * d * d);
      v[i] = square;
      if (m != null) {
        float mean = Math.fma(a, m[i], c * d);
        m[i] = mean;
        square = Math.max(0, Math.fma(-mean, mean, square)); // may round below 0
      }
      float move = d / ((float) Math.sqrt(square) + eps);
      if (b != null) {
        move = Math.fma(mu, b[i], move);
        b[i] = move;
      }
      w[i] = Math.fma(-rate, move, w[i]);
    }
  }
}
