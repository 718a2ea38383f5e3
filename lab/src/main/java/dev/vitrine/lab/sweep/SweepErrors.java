package dev.vitrine.lab.sweep;

import dev.vitrine.lab.journal.Event;
import dev.vitrine.lab.report.Grid;
import dev.vitrine.lab.statistics.Comparison.Verdict;
import dev.vitrine.lab.statistics.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Training, validation and test errors of what was chosen, and how far apart they are. */
final class SweepErrors {
  private final Findings findings;
  private final List<Arm> measured;

  SweepErrors(Findings findings) {
    this.findings = findings;
    measured =
        findings.arms().stream()
            .filter(
                arm -> arm.measured(Event.Measured::accuracy).filter(Sample::isFinite).isPresent())
            .toList();
  }

  /** Whether there is anything to say: classes, and a network that was measured. */
  boolean any() {
    return !measured.isEmpty();
  }

  /** All errors, one arm a row. */
  Grid table() {
    boolean tested = measured.stream().anyMatch(arm -> tested(arm).isPresent());
    List<String> columns =
        new ArrayList<>(
            List.of("arm", "while learning", "training", "validation", "validation − training"));
    if (tested) {
      columns.add("test");
    }
    Grid grid =
        new Grid(
            "errors",
            "Errors, %: mean ± standard deviation over the seeds. Training: of all examples that were learned from, measured at the end, without dropout or augmentation; while learning: counted in the last epoch, as the network changed.",
            columns,
            List.of());
    for (Arm arm : measured) {
      List<String> row = new ArrayList<>(List.of(arm.name()));
      row.add(Said.error(figure(arm, true)));
      row.add(Said.error(arm.measured(Event.Measured::accuracy)));
      row.add(Said.error(figure(arm, false)));
      row.add(Said.percent(arm.gap()));
      if (tested) {
        row.add(Said.error(tested(arm)));
      }
      grid = grid.row(row);
    }
    return grid;
  }

  private static Optional<Sample> tested(Arm arm) {
    return arm.tested(Event.Tested::accuracy);
  }

  private static Optional<Sample> figure(Arm arm, boolean learning) {
    return arm.choice()
        .flatMap(best ->
            arm.sample(
                best.point(),
                figures -> learning ? figures.trainAccuracy() : figures.validationAccuracy()));
  }

  /** What the table shows, in words. */
  List<String> sentences(List<Contrast> contrasts) {
    List<String> all = new ArrayList<>();
    if (measured.size() > 1) {
      all.add(
          "Measured on what they learned from, without dropout, the networks' errors are %s; validation errors are larger by %s."
              .formatted(range(this::error, " %"), range(this::gap, " points")));
    }
    if (findings.spec().baseline().isPresent()) {
      against(contrasts).ifPresent(all::add);
    }
    return all;
  }

  private double error(Arm arm) {
    return 1 - arm.measured(Event.Measured::accuracy).orElseThrow().mean();
  }

  private double gap(Arm arm) {
    return arm.gap().orElseThrow().mean();
  }

  private String range(ToDoubleFunction<Arm> figure, String unit) {
    if (measured.stream().mapToDouble(figure).distinct().count() == 1) {
      return value(measured.getFirst(), figure, unit);
    }
    return "%s to %s".formatted(extreme(figure, unit, false), extreme(figure, unit, true));
  }

  private String extreme(ToDoubleFunction<Arm> figure, String unit, boolean most) {
    Comparator<Arm> order = Comparator.comparingDouble(figure);
    Arm arm = measured.stream().min(most ? order.reversed() : order).orElseThrow();
    return "%s (%s)".formatted(value(arm, figure, unit), arm.name());
  }

  private static String value(Arm arm, ToDoubleFunction<Arm> figure, String unit) {
    String value = String.format(Locale.ROOT, "%.2f", 100 * figure.applyAsDouble(arm));
    return value.replace('-', '−') + unit;
  }

  /** Whose training error differs from the baseline's. */
  private Optional<String> against(List<Contrast> contrasts) {
    List<String> said = new ArrayList<>();
    said(contrasts, Verdict.SMALLER, "larger with %s").ifPresent(said::add);
    said(contrasts, Verdict.LARGER, "smaller with %s").ifPresent(said::add);
    said(contrasts, Verdict.NO_DIFFERENCE_SHOWN, "not shown to differ with %s")
        .ifPresent(said::add);
    said(contrasts, Verdict.IDENTICAL, "identical with %s").ifPresent(said::add);
    return said.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Against %s the training error so measured, n = %s, is %s."
                .formatted(
                    findings.spec().baseline().orElseThrow(),
                    contrasts.getFirst().comparison().differences().size(),
                    String.join("; ", said)));
  }

  private Optional<String> said(List<Contrast> contrasts, Verdict verdict, String words) {
    String baseline = findings.spec().baseline().orElseThrow();
    String arms =
        contrasts.stream()
            .filter(each -> each.comparison().verdict() == verdict)
            .filter(each -> each.second().name().equals(baseline))
            .map(each ->
                "%s (by %s points, p = %s)"
                    .formatted(
                        each.first().name(),
                        String.format(
                            Locale.ROOT,
                            "%.2f",
                            100 * Math.abs(each.comparison().differences().mean())),
                        Said.p(each.comparison().corrected())))
            .collect(Collectors.joining(", "));
    return arms.isEmpty() ? Optional.empty() : Optional.of(words.formatted(arms));
  }
}
