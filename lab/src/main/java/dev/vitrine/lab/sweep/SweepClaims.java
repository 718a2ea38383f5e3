package dev.vitrine.lab.sweep;

import dev.vitrine.lab.journal.Event;
import dev.vitrine.lab.report.Grid;
import dev.vitrine.lab.statistics.Interval;
import dev.vitrine.lab.statistics.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What others report beside what came out, and whether chance explains the difference. */
final class SweepClaims {
  private static final double CONFIDENCE = 0.95;

  /** With fewer seeds nobody knows where one more would lie. */
  private static final int LEAST_SEEDS = 3;

  private final Findings findings;

  SweepClaims(Findings findings) {
    this.findings = findings;
  }

  /** An arm, what is reported of it, and what came out. */
  private record Beside(Arm arm, Claim claim, Optional<Sample> test) {
    /** Where the test error of one more seed would lie. */
    Optional<Interval> next() {
      return test.filter(sample -> sample.size() >= LEAST_SEEDS && claim.tellsTest())
          .map(sample -> Interval.ofNext(errors(sample), CONFIDENCE));
    }

    private static Sample errors(Sample accuracies) {
      return new Sample(accuracies.values().stream().map(accuracy -> 1 - accuracy).toList());
    }
  }

  private List<Beside> all() {
    List<Beside> all = new ArrayList<>();
    for (Arm arm : findings.arms()) {
      Claim claim = findings.reported().get(arm.name());
      if (claim != null && !arm.chosen().isEmpty()) {
        all.add(new Beside(arm, claim, arm.tested(Event.Tested::accuracy)));
      }
    }
    return all;
  }

  /** Errors as they are reported and found; empty if test accuracies are all that is reported. */
  Optional<Grid> table() {
    List<Beside> all = all();
    if (all.stream().noneMatch(each -> each.claim.tellsMore())) {
      return Optional.empty();
    }
    boolean training = all.stream().anyMatch(each -> !Double.isNaN(each.claim.training()));
    List<String> columns = new ArrayList<>(List.of("arm"));
    if (training) {
      columns.addAll(List.of("training, reported", "found"));
    }
    columns.addAll(
        List.of(
            "validation, reported",
            "found",
            "test, reported",
            "found",
            "one more run",
            "the reported one"));
    Grid grid =
        new Grid(
            "reported",
            "Errors, %, as they are reported and as they were found here, and where the test error of one more seed would lie with 95 %.",
            columns,
            List.of());
    for (Beside each : all) {
      grid = grid.row(row(each, training));
    }
    return Optional.of(grid);
  }

  private static List<String> row(Beside each, boolean training) {
    List<String> row = new ArrayList<>(List.of(each.arm.name()));
    if (training) {
      row.add(told(each.claim, Claim::training));
      row.add(Said.error(each.arm.measured(Event.Measured::accuracy)));
    }
    row.add(told(each.claim, Claim::validation));
    row.add(
        Said.error(
            each.arm
                .choice()
                .flatMap(
                    best -> each.arm.sample(best.point(), Event.Figures::validationAccuracy))));
    row.add(told(each.claim, Claim::test));
    row.add(Said.error(each.test));
    row.add(each.next().map(SweepClaims::words).orElse("–"));
    row.add(
        each.next()
            .map(next -> next.contains(each.claim.test()) ? "within" : "outside")
            .orElse("–"));
    return row;
  }

  private static String told(Claim claim, ToDoubleFunction<Claim> figure) {
    double error = figure.applyAsDouble(claim);
    return Double.isNaN(error) ? "–" : percent(error);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f", 100 * share);
  }

  private static String words(Interval interval) {
    return "%s to %s".formatted(percent(Math.max(0, interval.low())), percent(interval.high()));
  }

  /** Which reported test errors are no chance of the seed. */
  Optional<String> sentence() {
    List<Beside> all = all().stream().filter(each -> each.next().isPresent()).toList();
    if (all.isEmpty()) {
      return Optional.empty();
    }
    List<String> outside =
        all.stream()
            .filter(each -> !each.next().orElseThrow().contains(each.claim.test()))
            .map(each ->
                "%s (%s %%, against %s %%)"
                    .formatted(
                        each.arm.name(),
                        percent(each.claim.test()),
                        words(each.next().orElseThrow())))
            .toList();
    return Optional.of(
        outside.isEmpty()
            ? "Every reported test error lies where one more seed of the same settings would (95 %)."
            : "Where one more seed would lie here (95 %%), %s of %s reported test errors do not: %s. That is no chance of the seed; other data or settings may explain it."
                .formatted(outside.size(), all.size(), String.join("; ", outside)));
  }
}
