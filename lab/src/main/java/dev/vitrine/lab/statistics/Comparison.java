package dev.vitrine.lab.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * One arm against another, paired by seed: both began with the same numbers and saw the same
 * examples in the same order.
 *
 * @param differences first minus second, seed by seed
 * @param interval Student's 95 % interval of the mean difference
 * @param p of the exact sign-flip test, before correction
 * @param corrected the same after Holm's correction over all comparisons that were made
 * @param level the p at or below which a difference counts as shown
 * @param smallest the true difference that this many seeds would have found in 80 % of experiments;
 *     empty if none can be shown with so few
 * @param identical whether every pair ended in the same bits
 */
public record Comparison(
    Sample differences,
    Interval interval,
    double p,
    double corrected,
    double level,
    OptionalDouble smallest,
    boolean identical) {
  /** The level that is usual. */
  public static final double USUAL_LEVEL = 0.05;

  private static final double CONFIDENCE = 0.95;

  /** What can be said. */
  public enum Verdict {
    /** The first arm's values are larger. */
    LARGER,
    /** The first arm's values are smaller. */
    SMALLER,
    /** A difference could have been shown, and was not. */
    NO_DIFFERENCE_SHOWN,
    /** With so few seeds none can be shown at this level. */
    TOO_FEW_SEEDS,
    /** All pairs are equal to the bit. */
    IDENTICAL
  }

  /**
   * Two arms to be compared.
   *
   * @param first its values by seed
   * @param second those of the other arm, by the same seeds
   * @param identical whether every pair ended in the same bits
   */
  public record Pair(Sample first, Sample second, boolean identical) {}

  /**
   * {@return all comparisons, each corrected for all of them but those of equal bits, which ask
   * nothing of chance}
   *
   * @param pairs of arms with finite values
   * @param level the p at or below which a difference counts as shown
   */
  public static List<Comparison> all(List<Pair> pairs, double level) {
    List<Sample> differences =
        pairs.stream().map(pair -> pair.first().minus(pair.second())).toList();
    List<Double> p = differences.stream().map(SignFlip::p).toList();
    List<Integer> asked =
        IntStream.range(0, pairs.size()).filter(i -> !pairs.get(i).identical()).boxed().toList();
    List<Double> corrected = Holm.correct(asked.stream().map(p::get).toList());
    List<Comparison> all = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      int at = asked.indexOf(i);
      double own = at < 0 ? p.get(i) : corrected.get(at);
      int comparisons = Math.max(1, asked.size());
      all.add(of(differences.get(i), p.get(i), own, level, comparisons, pairs.get(i)));
    }
    return all;
  }

  /**
   * With several comparisons the smallest p has to pass {@code level / comparisons}: what could
   * have been shown is said for that.
   */
  private static Comparison of(
      Sample differences, double p, double corrected, double level, int comparisons, Pair pair) {
    double deviation = differences.deviation();
    OptionalDouble effect = Power.smallestEffect(differences.size(), level / comparisons);
    return new Comparison(
        differences,
        Interval.ofMean(differences, CONFIDENCE),
        p,
        corrected,
        level,
        effect.isPresent() ? OptionalDouble.of(effect.getAsDouble() * deviation) : effect,
        pair.identical());
  }

  /** {@return what can be said} */
  public Verdict verdict() {
    if (identical) {
      return Verdict.IDENTICAL;
    }
    if (corrected <= level) {
      return differences.mean() > 0 ? Verdict.LARGER : Verdict.SMALLER;
    }
    return smallest.isEmpty() ? Verdict.TOO_FEW_SEEDS : Verdict.NO_DIFFERENCE_SHOWN;
  }
}
