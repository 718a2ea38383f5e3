package dev.vitrine.lab.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.lab.statistics.Comparison.Pair;
import dev.vitrine.lab.statistics.Comparison.Verdict;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.Test;

class StatisticsTest {
  @Test
  void theSignFlipTestCountsAllSigns() {
    for (int round = 0; round < 200; round++) {
      RandomStream random = Seed.of(7).stream("differences", round);
      double[] differences = new double[1 + random.below(0, 11)];
      // Coarse values, so that equal sums occur.
      Arrays.setAll(differences, i -> random.below(i + 1, 9) - 3);
      assertThat(SignFlip.p(Sample.of(differences)))
          .as(Arrays.toString(differences))
          .isEqualTo(byPlainCounting(differences));
    }
  }

  private static double byPlainCounting(double[] differences) {
    int n = differences.length;
    double seen = Math.abs(Arrays.stream(differences).sum());
    int asFar = 0;
    for (int mask = 0; mask < 1 << n; mask++) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += (mask >> i & 1) == 0 ? differences[i] : -differences[i];
      }
      asFar += Math.abs(sum) >= seen ? 1 : 0;
    }
    return (double) asFar / (1 << n);
  }

  @Test
  void fiveSeedsCannotGoBelowSixInAHundred() {
    assertThat(SignFlip.p(Sample.of(1, 2, 3, 4, 5))).isEqualTo(0.0625);
    assertThat(SignFlip.smallest(5)).isEqualTo(0.0625);
    assertThat(SignFlip.needed(0.05)).isEqualTo(6);
    assertThat(Power.smallestEffect(5, 0.05)).isEmpty();
    assertThat(SignFlip.p(Sample.of(0, 0, 0))).isEqualTo(1);
    assertThatThrownBy(() -> SignFlip.p(Sample.of(1, Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("finite differences");
  }

  /** Beyond forty pairs choices of signs are drawn: near Student's p, and never 0. */
  @Test
  void manyPairsAreJudgedByDrawnSigns() {
    RandomStream normal = Seed.of(5).stream("pairs");
    double[] many = new double[60];
    Arrays.setAll(many, i -> 0.2 + normal.normal(i));
    Sample sample = Sample.of(many);
    double t = sample.mean() / (sample.deviation() / Math.sqrt(many.length));
    double student = 2 * TDistribution.of(many.length - 1).survivalProbability(Math.abs(t));
    assertThat(student).isBetween(0.02, 0.5); // or it would show little
    assertThat(SignFlip.p(sample)).isCloseTo(student, within(0.01));
    Arrays.setAll(many, i -> 1 + 0.1 * normal.normal(i));
    assertThat(SignFlip.p(Sample.of(many))).isEqualTo(SignFlip.smallest(60)).isPositive();
  }

  /** Fisher's own example, Darwin's maize: p = 863 · 2 / 2¹⁵ (The Design of Experiments, 1935). */
  @Test
  void darwinsMaize() {
    Sample maize = Sample.of(49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48);
    assertThat(SignFlip.p(maize)).isCloseTo(0.05267, within(0.00001));
    Interval interval = Interval.ofMean(maize, 0.95);
    assertThat(interval.low()).isCloseTo(0.0312, within(0.001));
    assertThat(interval.high()).isCloseTo(41.8355, within(0.001));
  }

  /** Of 2,000 samples of 8 the ninth value lies in its interval as often as that says. */
  @Test
  void oneMoreValueLiesWhereItIsSaidTo() {
    Interval five = Interval.ofNext(Sample.of(1, 2, 3, 4, 5), 0.95);
    assertThat(five.high()).isCloseTo(3 + 2.776445 * 1.581139 * Math.sqrt(1.2), within(1e-5));
    int within = 0;
    for (int experiment = 0; experiment < 2_000; experiment++) {
      RandomStream normal = Seed.of(3).stream("next", experiment);
      double[] known = new double[8];
      Arrays.setAll(known, normal::normal);
      Interval next = Interval.ofNext(Sample.of(known), 0.9);
      within += next.contains(normal.normal(8)) ? 1 : 0;
    }
    assertThat(within / 2_000.0).isCloseTo(0.9, within(3 * Math.sqrt(0.9 * 0.1 / 2_000)));
  }

  @Test
  void holmsCorrection() {
    assertThat(Holm.correct(List.of(0.04, 0.01, 0.03))).containsExactly(0.06, 0.03, 0.06);
    assertThat(Holm.correct(List.of(0.9, 0.8))).containsExactly(1.0, 1.0);
    assertThat(Holm.correct(List.of())).isEmpty();
  }

  /**
   * Over 2,000 comparisons of arms that do not differ, "differs" is said no more often than 5 %.
   */
  @Test
  void armsThatDoNotDifferAreSeldomSaidTo() {
    int said = 0;
    for (int experiment = 0; experiment < 2_000; experiment++) {
      said += said(8, experiment, 0) == Verdict.NO_DIFFERENCE_SHOWN ? 0 : 1;
    }
    assertThat(said / 2_000.0).isLessThanOrEqualTo(0.05 + 3 * Math.sqrt(0.05 * 0.95 / 2_000));
    assertThat(said).isPositive();
  }

  /** Of three comparisons without a difference, even one is falsely named in at most 5 %. */
  @Test
  void severalComparisonsTogetherToo() {
    int said = 0;
    for (int experiment = 0; experiment < 2_000; experiment++) {
      int first = 3 * experiment;
      List<Pair> three = List.of(pair(8, first, 0), pair(8, first + 1, 0), pair(8, first + 2, 0));
      boolean any =
          Comparison.all(three, 0.05).stream()
              .anyMatch(each -> each.verdict() != Verdict.NO_DIFFERENCE_SHOWN);
      said += any ? 1 : 0;
    }
    assertThat(said / 2_000.0).isLessThanOrEqualTo(0.05 + 3 * Math.sqrt(0.05 * 0.95 / 2_000));
  }

  @Test
  void plantedDifferencesAreFoundAsOftenAsStated() {
    for (int n : new int[] {6, 8, 12, 18}) {
      double effect = Power.smallestEffect(n, 0.05).orElseThrow();
      int found = 0;
      for (int experiment = 0; experiment < 1_000; experiment++) {
        found += said(n, experiment, effect) == Verdict.LARGER ? 1 : 0;
      }
      assertThat(found / 1_000.0).as("%s seeds", n).isCloseTo(Power.USUAL, within(0.045));
    }
  }

  private static Verdict said(int n, int experiment, double effect) {
    return Comparison.all(List.of(pair(n, experiment, effect)), 0.05).getFirst().verdict();
  }

  private static Pair pair(int n, int experiment, double effect) {
    RandomStream random = Seed.of(99).stream("experiments", experiment);
    double[] first = new double[n];
    double[] second = new double[n];
    Arrays.setAll(first, i -> 5 + effect + random.normal(i));
    Arrays.setAll(second, i -> 5);
    return new Pair(Sample.of(first), Sample.of(second), false);
  }

  @Test
  void equalBitsAreCalledIdentical() {
    Sample same = Sample.of(1, 2, 3, 4, 5, 6);
    Comparison none = Comparison.all(List.of(new Pair(same, same, true)), 0.05).getFirst();
    assertThat(none.verdict()).isEqualTo(Verdict.IDENTICAL);
    assertThat(none.p()).isEqualTo(1);
    Sample few = Sample.of(1, 2, 3);
    Comparison three =
        Comparison.all(List.of(new Pair(few, Sample.of(0, 0, 0), false)), 0.05).getFirst();
    assertThat(three.verdict()).isEqualTo(Verdict.TOO_FEW_SEEDS);
    Pair six = new Pair(same, Sample.of(0, 0, 0, 0, 0, 0), false);
    List<Comparison> both = Comparison.all(List.of(new Pair(same, same, true), six), 0.05);
    assertThat(both.getLast().corrected()).isEqualTo(2 / 64.0); // there is one question
    assertThat(both.getLast().verdict()).isEqualTo(Verdict.LARGER);
    assertThat(both.getFirst().corrected()).isEqualTo(1);
  }

  /** Against the sum of binomial coefficients. */
  @Test
  void theSignTestCountsTosses() {
    assertThat(SignTest.p(0, 0)).isEqualTo(1);
    assertThat(SignTest.p(3, 3)).isEqualTo(1);
    assertThat(SignTest.p(0, 6)).isCloseTo(2 / 64.0, within(1e-15));
    assertThat(SignTest.p(9, 2)).isCloseTo(2 * (1 + 11 + 55) / 2048.0, within(1e-15));
    assertThat(SignTest.p(2, 9)).isEqualTo(SignTest.p(9, 2));
    assertThatThrownBy(() -> SignTest.p(-1, 2)).isInstanceOf(IllegalArgumentException.class);
  }

  /** The ranks of tables: of 15 values the 4th and 12th, of 21 the 6th and 16th; of 5 none. */
  @Test
  void aMediansIntervalIsOfRanks() {
    assertThat(median(15).value()).isEqualTo(8);
    assertThat(median(15).interval()).isEqualTo(new Interval(4, 12, 0.95));
    assertThat(median(21).interval()).isEqualTo(new Interval(6, 16, 0.95));
    assertThat(median(4).value()).isEqualTo(2.5);
    assertThat(median(5).interval().contains(1e300)).isTrue();
    assertThat(median(6).interval()).isEqualTo(new Interval(1, 6, 0.95));
  }

  /** Of 1 … n, from the largest down. */
  private static Median median(int n) {
    double[] values = new double[n];
    Arrays.setAll(values, i -> n - i);
    return Median.of(Sample.of(values), 0.95);
  }

  @Test
  void aMediansIntervalHoldsTheTrueOneAsOftenAsItSays() {
    int held = 0;
    for (int round = 0; round < 2_000; round++) {
      RandomStream random = Seed.of(11).stream("median", round);
      double[] skewed = new double[15];
      Arrays.setAll(skewed, i -> Math.exp(random.normal(i)));
      held += Median.of(Sample.of(skewed), 0.95).interval().contains(1) ? 1 : 0;
    }
    assertThat(held).isBetween(1_900, 1_960); // 96.5 %, by the binomial
  }
}
