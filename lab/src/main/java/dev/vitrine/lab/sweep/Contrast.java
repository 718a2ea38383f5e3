package dev.vitrine.lab.sweep;

import dev.vitrine.lab.journal.Event;
import dev.vitrine.lab.journal.TrialRecord;
import dev.vitrine.lab.statistics.Comparison;
import dev.vitrine.lab.statistics.Comparison.Pair;
import dev.vitrine.lab.statistics.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two arms, compared seed by seed by what they chose.
 *
 * @param first the arm that the difference is of
 * @param second the arm that it is against
 * @param comparison what follows
 */
record Contrast(Arm first, Arm second, Comparison comparison) {
  private static final int MOST_PAIRS = 15;

  /** With two pairs there is nothing to compare by. */
  private static final int LEAST_SEEDS = 2;

  /** A figure of a trial that ended. */
  private interface Figure {
    Optional<Double> of(TrialRecord trial);
  }

  /**
   * All comparisons: each arm with the baseline, or without one each with each, as long as there
   * are few. By test accuracy, if it was read; otherwise by what points were chosen by.
   */
  static List<Contrast> all(Findings findings) {
    return all(
        findings,
        onTest(findings)
            ? trial -> tested(trial).map(Event.Tested::accuracy)
            : onTestLoss(findings)
                ? trial -> tested(trial).map(Event.Tested::loss)
                : trial -> trial.end().map(end -> findings.metric(end.figures())));
  }

  /** The same by the accuracy on what was learned from, measured at the end. */
  static List<Contrast> measured(Findings findings) {
    return all(findings, trial -> trial.measured().map(Event.Measured::accuracy));
  }

  private static List<Contrast> all(Findings findings, Figure figure) {
    List<Arm[]> pairs = pairs(findings);
    return pairs.size() > MOST_PAIRS ? List.of() : compared(figure, pairs);
  }

  /** The arms that have something to compare: one whose trainings all failed has nothing. */
  private static List<Arm> candidates(Findings findings) {
    return findings.arms().stream().filter(arm -> !arm.chosen().isEmpty()).toList();
  }

  /** How many comparisons there would be. */
  static int count(Findings findings) {
    return pairs(findings).size();
  }

  /** That there are too many pairs of arms to compare, if there are. */
  static Optional<String> tooMany(Findings findings) {
    int pairs = pairs(findings).size();
    return pairs <= MOST_PAIRS
        ? Optional.empty()
        : Optional.of(
            "The arms are not compared with one another: they make %s pairs, and beyond %s hardly a difference survives Holm's correction; name one of them under the key \"baseline\" to compare the others with it."
                .formatted(pairs, MOST_PAIRS));
  }

  private static List<Arm[]> pairs(Findings findings) {
    List<Arm> arms = candidates(findings);
    List<Arm[]> pairs = new ArrayList<>();
    for (int i = 0; i < arms.size(); i++) {
      for (int k = 0; k < i; k++) {
        Optional<String> baseline = findings.spec().baseline();
        Arm later = arms.get(i);
        Arm earlier = arms.get(k);
        if (baseline.isEmpty() || baseline.get().equals(earlier.name())) {
          pairs.add(new Arm[] {later, earlier});
        } else if (baseline.get().equals(later.name())) {
          pairs.add(new Arm[] {earlier, later});
        }
      }
    }
    return pairs;
  }

  private static List<Contrast> compared(Figure figure, List<Arm[]> arms) {
    List<Arm[]> kept = new ArrayList<>();
    List<Pair> pairs = new ArrayList<>();
    for (Arm[] two : arms) {
      pair(two[0], two[1], figure)
          .ifPresent(pair -> {
            kept.add(two);
            pairs.add(pair);
          });
    }
    List<Comparison> comparisons = Comparison.all(pairs, Comparison.USUAL_LEVEL);
    List<Contrast> all = new ArrayList<>();
    for (int i = 0; i < kept.size(); i++) {
      all.add(new Contrast(kept.get(i)[0], kept.get(i)[1], comparisons.get(i)));
    }
    return all;
  }

  private static Optional<Event.Tested> tested(TrialRecord trial) {
    return Optional.ofNullable(trial.tests().get(Optional.<Integer>empty()));
  }

  /** What arms are compared by, in words. */
  static String what(Findings findings) {
    return onTest(findings)
        ? "test accuracy"
        : onTestLoss(findings) ? "test loss" : findings.spec().metric().key().replace('-', ' ');
  }

  /** Whether arms of numbers are compared by their test loss. */
  private static boolean onTestLoss(Findings findings) {
    return candidates(findings).stream()
        .allMatch(arm -> arm.tellsNumbers() && arm.tested(Event.Tested::loss).isPresent());
  }

  /** Whether arms are compared by their test accuracy. */
  static boolean onTest(Findings findings) {
    return findings.byAccuracy()
        && candidates(findings).stream()
            .allMatch(arm -> arm.tested(Event.Tested::accuracy).isPresent());
  }

  private static Optional<Pair> pair(Arm first, Arm second, Figure figure) {
    Map<Long, TrialRecord> a = first.chosen();
    Map<Long, TrialRecord> b = second.chosen();
    List<Double> left = new ArrayList<>();
    List<Double> right = new ArrayList<>();
    boolean identical = true;
    for (long seed : a.keySet()) {
      Optional<Double> x = figure.of(a.get(seed)).filter(Double::isFinite);
      Optional<Double> y =
          Optional.ofNullable(b.get(seed)).flatMap(figure::of).filter(Double::isFinite);
      if (x.isPresent() && y.isPresent()) {
        left.add(x.get());
        right.add(y.get());
        identical &= hash(a.get(seed)).equals(hash(b.get(seed)));
      }
    }
    return left.size() < LEAST_SEEDS
        ? Optional.empty()
        : Optional.of(new Pair(new Sample(left), new Sample(right), identical));
  }

  private static String hash(TrialRecord trial) {
    return trial.end().orElseThrow().hash();
  }
}
