package dev.vitrine.lab.sweep;

import dev.vitrine.lab.report.Grid;
import dev.vitrine.lab.spec.Band;
import dev.vitrine.lab.statistics.Sample;
import dev.vitrine.report.EpochRow;
import dev.vitrine.report.Numbers;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which arm is fast: from which epoch on its curves stay near their ends. */
final class SweepFast {
  private final Findings findings;
  private final Band band;

  SweepFast(Findings findings, Band band) {
    this.findings = findings;
    this.band = band;
  }

  /** The epochs, one arm a row. */
  Grid table() {
    Grid grid =
        Grid.of(
            "fast",
            "Epochs until the training loss stays within %s of its last value, and the validation accuracy within %s points."
                .formatted(
                    Numbers.significant(band.loss(), 2),
                    Numbers.significant(100 * band.accuracy(), 2)),
            "arm",
            "training loss",
            "validation accuracy");
    for (Arm arm : findings.arms()) {
      grid = grid.row(arm.name(), said(arm, loss(arm)), said(arm, accuracy(arm)));
    }
    return grid;
  }

  private static String said(Arm arm, Optional<Sample> epochs) {
    return epochs
        .map(sample -> Said.epochs(sample) + (isEnd(arm, sample) ? ", the end" : ""))
        .orElse("–");
  }

  /** Every curve is near its end at its end: who is so there alone has not settled. */
  private static boolean isEnd(Arm arm, Sample epochs) {
    double ends =
        arm.curves().stream()
            .filter(rows -> !rows.isEmpty())
            .mapToInt(rows -> rows.getLast().epoch())
            .average()
            .orElse(Double.NaN);
    return epochs.mean() == ends;
  }

  /** Who is there first; empty of one arm, or before any was trained or settled. */
  Optional<String> sentence() {
    Optional<String> loss = first(this::loss);
    Optional<String> accuracy = first(this::accuracy);
    List<String> said =
        Stream.of(
                loss.map("the training loss of "::concat),
                accuracy.map("the validation accuracy of "::concat))
            .flatMap(Optional::stream)
            .toList();
    return said.isEmpty() || findings.arms().size() < 2
        ? Optional.empty()
        : Optional.of("First to stay near their ends: %s.".formatted(String.join(", and ", said)));
  }

  private Optional<String> first(Function<Arm, Optional<Sample>> epochs) {
    List<Arm> arms =
        findings.arms().stream()
            .filter(arm -> epochs.apply(arm).filter(sample -> !isEnd(arm, sample)).isPresent())
            .toList();
    return arms.stream()
        .map(arm -> epochs.apply(arm).orElseThrow())
        .min(Comparator.comparingDouble(Sample::mean))
        .map(least ->
            "%s (from epoch %s)"
                .formatted(
                    arms.stream()
                        .filter(arm -> epochs.apply(arm).orElseThrow().mean() == least.mean())
                        .map(Arm::name)
                        .collect(Collectors.joining(", ")),
                    Said.epochs(least)));
  }

  private Optional<Sample> loss(Arm arm) {
    return settled(arm, EpochRow::trainLoss, band.loss());
  }

  private Optional<Sample> accuracy(Arm arm) {
    return settled(arm, SweepFigures::accuracy, band.accuracy());
  }

  private static Optional<Sample> settled(Arm arm, ToDoubleFunction<EpochRow> curve, double width) {
    List<Double> epochs =
        arm.curves().stream()
            .flatMapToInt(rows -> Fast.settled(rows, curve, width).stream())
            .asDoubleStream()
            .boxed()
            .toList();
    return epochs.isEmpty() ? Optional.empty() : Optional.of(new Sample(epochs));
  }
}
