package dev.vitrine.predict;

import dev.vitrine.error.UserException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** How likely a network holds each class to be. */
public final class Probabilities {
  private static final Comparator<Guess> BEST_FIRST =
      Comparator.comparingDouble(Guess::probability).reversed().thenComparingInt(Guess::index);

  private Probabilities() {}

  /**
   * {@return {@code p[c] = exp(z[c] − max z)/Σ exp(z − max z)}, in double precision}
   *
   * @param logits z, one a class, at least one
   * @throws UserException if one is not finite
   */
  public static double[] softmax(float... logits) {
    Objects.requireNonNull(logits, "logits");
    double[] p = widened(logits);
    double max = Double.NEGATIVE_INFINITY;
    for (double logit : p) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (int c = 0; c < p.length; c++) {
      // StrictMath, because Math.exp may differ in the last bit between machines.
      p[c] = StrictMath.exp(p[c] - max);
      sum += p[c];
    }
    for (int c = 0; c < p.length; c++) {
      p[c] /= sum;
    }
    return p;
  }

  /** Single precision in double, if all are finite. */
  static double[] widened(float... values) {
    int bad = NotFinite.first(values);
    if (bad >= 0) {
      throw NotFinite.refusal(values[bad], "");
    }
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  /**
   * {@return all classes, the most likely first; of equal ones the lower number first}
   *
   * @param probabilities one a class
   */
  public static List<Guess> ranked(double... probabilities) {
    Objects.requireNonNull(probabilities, "probabilities");
    return IntStream.range(0, probabilities.length)
        .mapToObj(c -> new Guess(c, probabilities[c]))
        .sorted(BEST_FIRST)
        .toList();
  }
}
