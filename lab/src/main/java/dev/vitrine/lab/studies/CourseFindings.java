package dev.vitrine.lab.studies;

import dev.vitrine.lab.report.Grid;
import dev.vitrine.lab.statistics.Comparison;
import dev.vitrine.metrics.Interval;
import dev.vitrine.report.Numbers;
import java.util.ArrayList;
import java.util.List;

/**
 * What came out of the course's recipe.
 *
 * @param few the first test images that the documents' accuracies are of
 * @param groups ways to train on few images, what the script did first
 * @param full the same on all images, one seed
 * @param differences of the groups
 * @param pairs what the script's network confuses among all test images
 * @param seen the same among the few
 */
record CourseFindings(
    int few,
    List<CourseGroup> groups,
    List<CourseGroup> full,
    List<CourseDifference> differences,
    ConfusedPairs pairs,
    ConfusedPairs seen) {
  private static final int CLASSES = 10;
  private static final int LISTED = 12;

  static CourseFindings of(Desk desk, List<CourseGroup> groups, List<CourseGroup> full) {
    int few = desk.positive("few");
    CourseTraining.Reading end = groups.getFirst().first().end();
    return new CourseFindings(
        few,
        groups,
        full,
        CourseDifference.all(groups),
        pairs(end, (int) end.total()),
        pairs(end, few));
  }

  /** What a network confuses among the first images. */
  static ConfusedPairs pairs(CourseTraining.Reading reading, int first) {
    return ConfusedPairs.of(
        reading.all().worst().stream().filter(m -> m.example() < first).toList(), CLASSES);
  }

  /** What the course's script did. */
  CourseGroup script() {
    return groups.getFirst();
  }

  List<CourseGroup> both() {
    List<CourseGroup> both = new ArrayList<>(groups);
    both.addAll(full);
    return both;
  }

  int testReads() {
    return both().stream()
        .flatMap(group -> group.seeds().stream())
        .mapToInt(one -> one.readings().size())
        .sum();
  }

  List<String> conclusions() {
    List<String> said = new ArrayList<>();
    CourseTraining.Reading end = script().first().end();
    long right = end.right(0, few);
    said.add(
        "As the script ran (%s, %s images), %s of the first %s test images are right after %s iterations, %s (95 %%: %s), and %s of all %s, %s (%s)."
            .formatted(
                script().arm().name(),
                Numbers.count(script().arm().images()),
                right,
                few,
                Numbers.count(end.iteration()),
                Numbers.percent((double) right / few, 1),
                CourseTables.interval(Interval.wilson95(right, few)),
                Numbers.count(end.right()),
                Numbers.count(end.total()),
                Numbers.percent(end.all().accuracy(), 2),
                CourseTables.interval(end.interval())));
    differences.forEach(one -> said.add(one.sentence()));
    if (script().arm().pretrained()) {
      said.add(matrix());
    }
    said.add(parts());
    said.add(confused());
    return said;
  }

  /** Which ways agree with the one matrix of the documents that is over all test images. */
  private String matrix() {
    Interval reported = CourseReported.matrix();
    List<String> within = new ArrayList<>();
    List<String> above = new ArrayList<>();
    List<String> below = new ArrayList<>();
    for (CourseGroup group : both()) {
      double share = group.ends().mean() / 100;
      List<String> where =
          share > reported.high() ? above : share < reported.low() ? below : within;
      where.add(
          "%s with %s images (%s)"
              .formatted(
                  group.arm().name(),
                  Numbers.count(group.arm().images()),
                  Numbers.percent(share, 2)));
    }
    return "The documents' one matrix over all test images, 96.05 %% (95 %%: %s), agrees with %s; better is %s, worse %s."
        .formatted(
            CourseTables.interval(reported),
            within.isEmpty() ? "none of these" : Say.list(within),
            above.isEmpty() ? "none" : Say.list(above),
            below.isEmpty() ? "none" : Say.list(below));
  }

  /** How much it matters which few images they are. */
  private String parts() {
    CourseTraining.Reading end = script().first().end();
    int parts = (int) (end.total() / few);
    double least = 1;
    double most = 0;
    for (int part = 0; part < parts; part++) {
      double share = (double) end.right(part * few, (part + 1) * few) / few;
      least = Math.min(least, share);
      most = Math.max(most, share);
    }
    return "Which %s images it is decides much: of the %s such parts of the test images the same network reads %s to %s."
        .formatted(few, parts, Numbers.percent(least, 1), Numbers.percent(most, 1));
  }

  private String confused() {
    ConfusedPairs.Pair first = pairs.pairs().getFirst();
    long alike = pairs.notToldFromFirst();
    return "It confuses %s most, %s times among all test images and %s times among the first %s. All images tell %s of the %s comparisons of two pairs apart, but not the most confused pair from the next %s; %s images tell %s."
        .formatted(
            first.name(),
            first.count(),
            seen.pair(first.low(), first.high()).count(),
            few,
            pairs.shown(),
            pairs.comparisons(),
            alike,
            few,
            seen.shown() == 0 ? "none of them" : seen.shown() + " of them");
  }

  Grid pairTable() {
    Grid grid =
        Grid.of(
            "pairs",
            "The most confused pairs, and whether the first can be told from them: the exact sign test of their counts, by Holm's correction over all %s comparisons of two pairs"
                .formatted(pairs.comparisons()),
            "pair",
            "of all",
            "low as high",
            "high as low",
            "p, all",
            "of first " + few,
            "p, first " + few);
    ConfusedPairs.Pair first = pairs.pairs().getFirst();
    for (int rank = 0; rank < LISTED; rank++) {
      ConfusedPairs.Pair pair = pairs.pairs().get(rank);
      grid =
          grid.row(
              pair.name(),
              Integer.toString(pair.count()),
              Long.toString(pair.from(pair.low())),
              Long.toString(pair.from(pair.high())),
              rank == 0 ? "" : told(pairs.between(first, pair)),
              Integer.toString(seen.pair(pair.low(), pair.high()).count()),
              rank == 0 ? "" : told(seen.between(first, pair)));
    }
    return grid;
  }

  private static String told(double p) {
    return Say.number(p, 2) + (p <= Comparison.USUAL_LEVEL ? " differ" : "");
  }
}
