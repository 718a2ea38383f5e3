package dev.vitrine.optim;

import dev.vitrine.error.Range;
import dev.vitrine.error.UserException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Stochastic gradient descent with momentum μ and L2 weight decay λ, in PyTorch's form (Sutskever
 * et al., 2013):
 *
 * <pre>
 *   d ← g + λ · w
 *   v ← μ · v + d
 *   w ← w − η · v                 with Nesterov: w ← w − η · (d + μ · v)
 * </pre>
 *
 * With a constant η this equals Caffe's form, which keeps η inside v.
 *
 * <p>Where the loss is a parabola of curvature h in each direction (λ being part of it), w
 * converges just if {@code |μ| < 1} and {@code 0 < η h < 2 (1 + μ)}: the roots of {@code z² − (1 +
 * μ − η h) z + μ} lie inside the unit circle then. With Nesterov they are those of {@code z² − (1 +
 * μ)(1 − η h) z + μ (1 − η h)}: {@code |μ (1 − η h)| < 1}, {@code η h > 0} and {@code (1 + 2 μ)(1 −
 * η h) > −1}. Any μ may be tried; {@link #caution} speaks of unusual ones.
 *
 * @param learningRate η, before the schedule's factor
 * @param momentum μ, any finite number, usually in [0, 1); 0 for none
 * @param nesterov whether the step looks one step of momentum ahead
 * @param weightDecay λ of the L2 penalty; 0 for none
 */
public record Sgd(double learningRate, double momentum, boolean nesterov, double weightDecay)
    implements Optimizer {
  /** Checks the ranges. */
  public Sgd {
    Range.POSITIVE.require("The learning rate", "a number above 0", learningRate);
    Momentum.require(momentum);
    Range.FROM_ZERO.require("The weight decay", "0 or more", weightDecay);
    if (nesterov && momentum == 0) {
      throw new UserException("Nesterov's rule expects a momentum other than 0");
    }
  }

  /**
   * {@return plain gradient descent}
   *
   * @param learningRate η, before the schedule's factor
   */
  public static Sgd of(double learningRate) {
    return new Sgd(learningRate, 0, false, 0);
  }

  /**
   * {@return the same rule with momentum}
   *
   * @param newMomentum μ, any finite number, usually in [0, 1); 0 for none
   */
  public Sgd momentum(double newMomentum) {
    return new Sgd(learningRate, newMomentum, nesterov, weightDecay);
  }

  /**
   * {@return the same rule, looking one step of momentum ahead}
   *
   * @param on whether it looks ahead
   */
  public Sgd nesterov(boolean on) {
    return new Sgd(learningRate, momentum, on, weightDecay);
  }

  /**
   * {@return the same rule with weight decay}
   *
   * @param newWeightDecay λ of the L2 penalty, per step; 0 for none
   */
  public Sgd weightDecay(double newWeightDecay) {
    return new Sgd(learningRate, momentum, nesterov, newWeightDecay);
  }

  @Override
  public Optional<String> caution() {
    return Momentum.caution(momentum);
  }

  @Override
  public List<String> state() {
    return momentum == 0 ? List.of() : List.of("momentum");
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
    float lambda = decay ? (float) weightDecay : 0;
    float mu = (float) momentum;
    if (momentum == 0) {
      for (int i = from; i < to; i++) {
        w[i] = Math.fma(-rate, Math.fma(lambda, w[i], g[i]), w[i]);
      }
      return;
    }
    float[] v = state[0];
    if (nesterov) {
      for (int i = from; i < to; i++) {
        float d = Math.fma(lambda, w[i], g[i]);
        v[i] = Math.fma(mu, v[i], d);
        w[i] = Math.fma(-rate, Math.fma(mu, v[i], d), w[i]);
      }
    } else {
      for (int i = from; i < to; i++) {
        v[i] = Math.fma(mu, v[i], Math.fma(lambda, w[i], g[i]));
        w[i] = Math.fma(-rate, v[i], w[i]);
      }
    }
  }
}
