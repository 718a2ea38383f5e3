package dev.vitrine.lab.studies;

/** Plain gradient descent that learns one of its settings. */
final class LearnedRules {
  private LearnedRules() {}

  /**
   * Hypergradient descent (Baydin et al., 2018): {@code η ← η + β g·g′}, g′ being the gradient of
   * the step before, then {@code w ← w − η g}. With β = 0 it is plain descent.
   */
  static final class Rate implements HyperRun.Rule {
    private final double beta;
    private double eta;
    private float[] before;

    Rate(double start, double beta) {
      this.eta = start;
      this.beta = beta;
    }

    @Override
    public double step(float[] w, float[] g, boolean[] decays) {
      if (before != null && beta != 0) {
        double dot = 0;
        for (int i = 0; i < g.length; i++) {
          dot += (double) g[i] * before[i];
        }
        eta += beta * dot;
      }
      before = g.clone();
      for (int i = 0; i < w.length; i++) {
        w[i] -= (float) (eta * g[i]);
      }
      return eta;
    }
  }

  /**
   * Descent on λ′ = λ/n of {@code C = C₀ + λ′/2 Σw²} too: {@code ∂C/∂λ′ = Σw²/2}, so {@code λ′ ← λ′
   * − κ Σw²/2} after {@code w ← w − η (g + λ′ w)}.
   */
  static final class Decay implements HyperRun.Rule {
    private final double eta;
    private final double kappa;
    private final boolean held;
    private double lambda;

    Decay(double eta, double start, double kappa, boolean held) {
      this.eta = eta;
      this.lambda = start;
      this.kappa = kappa;
      this.held = held;
    }

    @Override
    public double step(float[] w, float[] g, boolean[] decays) {
      double slope = slope(HyperRun.squares(w, decays));
      for (int i = 0; i < w.length; i++) {
        w[i] -= (float) (eta * (g[i] + (decays[i] ? lambda * w[i] : 0)));
      }
      lambda -= kappa * slope;
      if (held) {
        lambda = Math.max(0, lambda);
      }
      return lambda;
    }

    /** {@code ∂C/∂λ′}. */
    static double slope(double squares) {
      return squares / 2;
    }
  }
}
