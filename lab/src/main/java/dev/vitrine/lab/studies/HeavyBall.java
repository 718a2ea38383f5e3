package dev.vitrine.lab.studies;

import java.util.ArrayList;
import java.util.List;

/**
 * Gradient descent with momentum on the parabola {@code ½ h w²}: {@code v ← μ v + h w}, {@code w ←
 * w − η v}, in double precision. Only ηh and μ matter.
 */
final class HeavyBall {
  /** Rates nearer to 1 than this are on the border: neither is claimed. */
  static final double BORDER = 2e-3;

  private HeavyBall() {}

  /** What is found of a pair. */
  enum Fate {
    CONVERGES,
    DIVERGES,
    BORDER;

    static Fate of(double rate) {
      return rate < 1 - HeavyBall.BORDER
          ? CONVERGES
          : rate > 1 + HeavyBall.BORDER ? DIVERGES : Fate.BORDER;
    }
  }

  /** w after each step, from 1. */
  static List<Double> path(double mu, double etaH, int steps) {
    List<Double> path = new ArrayList<>(List.of(1.0));
    double w = 1;
    double v = 0;
    for (int i = 0; i < steps; i++) {
      v = mu * v + etaH * w;
      w -= v;
      path.add(w);
    }
    return path;
  }

  /** The factor of an error in a step, in the long run: the largest root of z² − (1+μ−ηh)z + μ. */
  static double predictedRate(double mu, double etaH) {
    double half = (1 + mu - etaH) / 2;
    double under = half * half - mu;
    return under < 0 ? Math.sqrt(mu) : Math.abs(half) + Math.sqrt(under);
  }

  /** The rule of the documents: |μ| &lt; 1 and 0 &lt; ηh &lt; 2(1 + μ). */
  static boolean predictedToConverge(double mu, double etaH) {
    return Math.abs(mu) < 1 && etaH > 0 && etaH < 2 * (1 + mu);
  }

  /** The same factor measured: by how much (w, v) grows a step in the second half of many. */
  static double measuredRate(double mu, double etaH, int steps) {
    double w = 1;
    double v = 0;
    double log = 0;
    for (int i = 0; i < steps; i++) {
      v = mu * v + etaH * w;
      w -= v;
      double size = Math.hypot(w, v);
      if (size == 0) {
        return 0;
      }
      // Kept at size 1, so that neither overflows.
      w /= size;
      v /= size;
      log += i >= steps / 2 ? Math.log(size) : 0;
    }
    return Math.exp(log / (steps - steps / 2));
  }
}
