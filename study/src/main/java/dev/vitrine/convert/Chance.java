package dev.vitrine.convert;

import dev.vitrine.metrics.ConfusionMatrix;
import java.util.List;

/**
 * How many pictures a network that knows nothing of their classes may tell rightly.
 *
 * @param pictures how many there are
 * @param commonest how many are of the commonest class, which one may always say
 * @param renamed how many it tells rightly on average if its outputs stand for classes drawn at
 *     random
 * @param spread the standard deviation of that; 0 where there are too few classes to draw from
 */
record Chance(long pictures, long commonest, double renamed, double spread) {
  /** Of fewer classes, right ones are no rare drawing. */
  private static final int CLASSES = 8;

  /** How probable it may be that one of all combinations passes by chance. */
  private static final double LEVEL = 1e-2;

  /**
   * Of what a network answered.
   *
   * @param classOf which class each output stands for
   */
  static Chance of(ConfusionMatrix counts, List<Integer> classOf) {
    int n = counts.classes();
    double[] rows = new double[n];
    double[] columns = new double[n];
    double sum = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double count = counts.count(classOf.get(i), j);
        rows[i] += count;
        columns[j] += count;
        sum += count;
      }
    }
    long commonest = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      commonest = Math.max(commonest, Math.round(rows[i]));
      for (int j = 0; j < n; j++) {
        double apart = counts.count(classOf.get(i), j) - (rows[i] + columns[j] - sum / n) / n;
        squares += apart * apart;
      }
    }
    // Hoeffding's variance of the sum of a matrix along a random permutation
    double spread = n < CLASSES ? 0 : Math.sqrt(squares / (n - 1));
    return new Chance(Math.round(sum), commonest, sum / n, spread);
  }

  /**
   * The most that the best of some combinations may tell rightly so; what tells more, has learned
   * these classes.
   */
  double most(int combinations) {
    double level = LEVEL / combinations;
    double deviations = Math.sqrt(2 * Math.log(1 / level)); // bounds a Gaussian's tail
    return Math.max(guessed(level), renamed + deviations * spread);
  }

  /**
   * The most that are right with more than a probability where each is right as often as the
   * commonest class comes, by the binomial distribution, which is not a Gaussian of few pictures.
   */
  private long guessed(double level) {
    double share = commonest / (double) pictures;
    double log = pictures * Math.log(share);
    double tail = Math.exp(log);
    long most = pictures;
    while (tail <= level) {
      log += Math.log(most / (pictures - most + 1.0) * (1 - share) / share);
      most--;
      tail += Math.exp(log);
    }
    return most;
  }
}
