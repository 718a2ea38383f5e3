package dev.vitrine.look.pixels;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What the score of a class owes to each number of an example.
 *
 * @param score of the example
 * @param baseline of the baseline
 * @param gradient of the score with respect to each number, where the example is
 * @param integrated what each number adds on the straight way from the baseline to the example: the
 *     integral of the gradient along it, times the difference (Sundararajan et al., 2017)
 * @param points of the way, at whose middles the gradient was taken
 */
public record Attribution(
    double score, double baseline, float[] gradient, double[] integrated, int points) {
  private static final int FIRST_POINTS = 32;
  private static final int MOST_POINTS = 1024;

  /** The share of the difference up to which the sum may miss it before the way is cut finer. */
  public static final double COMPLETE = 1e-3;

  /**
   * {@return what a class's score owes to each number} The way is cut finer until the sum of what
   * the numbers add is the difference of the scores to {@link #COMPLETE}, or there are 1,024
   * points.
   *
   * @param scores the network's scores
   * @param unit the class
   * @param example its numbers
   * @param baseline the numbers of an example that says nothing, such as a black picture
   */
  public static Attribution of(UnitGradient scores, int unit, float[] example, float[] baseline) {
    Objects.requireNonNull(scores, "scores");
    float[] weights = scores.unit(unit);
    UnitGradient.Result ends = scores.of(weights, new float[][] {example, baseline});
    double difference = ends.values()[0] - ends.values()[1];
    for (int points = FIRST_POINTS; ; points *= 2) {
      double[] added = integrated(scores, weights, example, baseline, points);
      double missed = Math.abs(sum(added) - difference);
      if (missed <= COMPLETE * Math.abs(difference) || points == MOST_POINTS) {
        return new Attribution(
            ends.values()[0], ends.values()[1], ends.gradients()[0], added, points);
      }
    }
  }

  private static double[] integrated(
      UnitGradient scores, float[] weights, float[] example, float[] baseline, int points) {
    List<float[]> way = new ArrayList<>();
    for (int k = 0; k < points; k++) {
      double at = (k + 0.5) / points;
      float[] between = new float[example.length];
      for (int i = 0; i < between.length; i++) {
        between[i] = (float) (baseline[i] + at * ((double) example[i] - baseline[i]));
      }
      way.add(between);
    }
    double[] added = new double[example.length];
    for (float[] gradient : scores.of(weights, way.toArray(float[][]::new)).gradients()) {
      for (int i = 0; i < added.length; i++) {
        added[i] += gradient[i] * ((double) example[i] - baseline[i]) / points;
      }
    }
    return added;
  }

  /** {@return the sum of what the numbers add} */
  public double sum() {
    return sum(integrated);
  }

  private static double sum(double... values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
