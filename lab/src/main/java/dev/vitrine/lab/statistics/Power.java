package dev.vitrine.lab.statistics;

import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a sign-flip test of so many seeds could have shown. The share of experiments in which a true
 * difference is found is counted over normal differences drawn from a fixed seed, so that the same
 * question has the same answer everywhere.
 */
public final class Power {
  /** The usual share of experiments that are to find what is there. */
  public static final double USUAL = 0.8;

  private static final int EXPERIMENTS = 2_000;
  private static final double LARGEST = 64;

  /** From so many pairs on the test finds what Student's does. */
  private static final int MANY = 17;

  /** Reports ask the same again and again. */
  private static final Map<Question, OptionalDouble> KNOWN = new ConcurrentHashMap<>();

  private Power() {}

  private record Question(int n, double level) {}

  /**
   * {@return how often a test at a level finds a true difference of so many deviations}
   *
   * @param n how many pairs
   * @param effect the true mean difference over the deviation of the differences
   * @param level the p below or at which a difference counts as shown
   */
  public static double of(int n, double effect, double level) {
    int found = 0;
    for (int experiment = 0; experiment < EXPERIMENTS; experiment++) {
      if (SignFlip.p(Sample.of(drawn(n, experiment, effect))) <= level) {
        found++;
      }
    }
    return (double) found / EXPERIMENTS;
  }

  private static double[] drawn(int n, int experiment, double effect) {
    RandomStream normal = Seed.of(1).stream("power", experiment);
    double[] differences = new double[n];
    for (int i = 0; i < n; i++) {
      differences[i] = effect + normal.normal(i);
    }
    return differences;
  }

  /**
   * {@return the smallest true difference that is found in {@link #USUAL} of experiments, in
   * deviations of the differences; empty if none is, however large, as with five pairs at 0.05}
   *
   * @param n how many pairs
   * @param level the p below or at which a difference counts as shown
   */
  public static OptionalDouble smallestEffect(int n, double level) {
    return KNOWN.computeIfAbsent(new Question(n, level), Power::searched);
  }

  private static OptionalDouble searched(Question question) {
    int n = question.n;
    double level = question.level;
    if (SignFlip.smallest(n) > level) {
      return OptionalDouble.empty();
    }
    if (n >= MANY) {
      double seen = Interval.t(n - 1, level / 2) + Interval.t(n - 1, 1 - USUAL);
      return OptionalDouble.of(seen / Math.sqrt(n));
    }
    double low = 0;
    double high = 1;
    while (of(n, high, level) < USUAL && high < LARGEST) {
      low = high;
      high *= 2;
    }
    while (high - low > 0.01) {
      double middle = (low + high) / 2;
      if (of(n, middle, level) < USUAL) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return OptionalDouble.of(high);
  }
}
