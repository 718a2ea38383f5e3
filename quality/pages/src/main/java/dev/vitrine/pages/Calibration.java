package dev.vitrine.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How far probabilities can be believed, and the temperature by which scores are divided for it.
 */
final class Calibration {
  private static final int BINS = 10;
  private static final double GOLDEN = 0.6180339887498949;

  private Calibration() {}

  /**
   * What is found at one confidence.
   *
   * @param count how many cuts
   * @param confidence the mean probability of the best guess
   * @param accuracy the share of them that it is right of
   */
  record Bin(int count, double confidence, double accuracy) {}

  /** The temperature with the least mean negative log-likelihood, between ¼ and 4. */
  static double temperature(float[][] scores, int[] labels) {
    double low = StrictMath.log(0.25);
    double high = StrictMath.log(4);
    while (high - low > 1e-3) {
      double a = high - GOLDEN * (high - low);
      double b = low + GOLDEN * (high - low);
      if (loss(scores, labels, StrictMath.exp(a)) < loss(scores, labels, StrictMath.exp(b))) {
        high = b;
      } else {
        low = a;
      }
    }
    return Math.rint(1000 * StrictMath.exp((low + high) / 2)) / 1000;
  }

  private static double loss(float[][] scores, int[] labels, double temperature) {
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      sum -= StrictMath.log(Math.max(1e-30, softmax(scores[i], temperature)[labels[i]]));
    }
    return sum / scores.length;
  }

  static double[] softmax(float[] scores, double temperature) {
    double most = Double.NEGATIVE_INFINITY;
    for (float score : scores) {
      most = Math.max(most, score);
    }
    double[] shares = new double[scores.length];
    double sum = 0;
    for (int c = 0; c < shares.length; c++) {
      shares[c] = StrictMath.exp((scores[c] - most) / temperature);
      sum += shares[c];
    }
    for (int c = 0; c < shares.length; c++) {
      shares[c] /= sum;
    }
    return shares;
  }

  /** Ten bins of confidence, the least first; empty ones are left out. */
  static List<Bin> reliability(float[][] probabilities, int[] labels) {
    int[] count = new int[BINS];
    int[] right = new int[BINS];
    double[] sum = new double[BINS];
    for (int i = 0; i < labels.length; i++) {
      int best = best(probabilities[i]);
      int bin = Math.min(BINS - 1, (int) (BINS * probabilities[i][best]));
      count[bin]++;
      sum[bin] += probabilities[i][best];
      right[bin] += best == labels[i] ? 1 : 0;
    }
    List<Bin> bins = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin++) {
      if (count[bin] > 0) {
        bins.add(new Bin(count[bin], sum[bin] / count[bin], (double) right[bin] / count[bin]));
      }
    }
    return bins;
  }

  /** The mean distance between confidence and accuracy, weighted by the bins' counts. */
  static double expectedError(List<Bin> bins) {
    double sum = 0;
    long all = 0;
    for (Bin bin : bins) {
      sum += bin.count() * Math.abs(bin.confidence() - bin.accuracy());
      all += bin.count();
    }
    return sum / Math.max(1, all);
  }

  static int best(float[] probabilities) {
    int best = 0;
    for (int c = 1; c < probabilities.length; c++) {
      if (probabilities[c] > probabilities[best]) {
        best = c;
      }
    }
    return best;
  }

  /** The bins as a table in Markdown. */
  static String table(List<Bin> bins) {
    StringBuilder text = new StringBuilder("| confidence | right | cuts |\n|---:|---:|---:|\n");
    for (Bin bin : bins) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %.1f %% | %.1f %% | %,d |%n",
              100 * bin.confidence(),
              100 * bin.accuracy(),
              bin.count()));
    }
    return text.toString();
  }
}
