package dev.vitrine.lab.sweep;

import dev.vitrine.lab.journal.Event;
import dev.vitrine.lab.journal.TrialRecord;
import dev.vitrine.lab.search.Agenda;
import dev.vitrine.lab.search.Point;
import dev.vitrine.lab.statistics.Sample;
import dev.vitrine.report.EpochRow;
import dev.vitrine.run.RunCurves;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * An arm of a sweep: its points, and the one that was chosen.
 *
 * @param name of the arm
 * @param points all of it
 * @param choice the best, once it is chosen
 * @param findings of the sweep
 */
record Arm(String name, List<Point> points, Optional<Agenda.Choice> choice, Findings findings) {
  /** The trials of a point that came to an end, by seed. */
  Map<Long, TrialRecord> ended(Point point) {
    Map<Long, TrialRecord> ended = new LinkedHashMap<>();
    for (long seed : findings.spec().seeds()) {
      findings
          .record()
          .trial(point.with(seed).id())
          .filter(trial -> trial.end().isPresent() && trial.failure().isEmpty())
          .ifPresent(trial -> ended.put(seed, trial));
    }
    return ended;
  }

  /** The same of the chosen point; none before it is chosen. */
  Map<Long, TrialRecord> chosen() {
    return choice.map(best -> ended(best.point())).orElse(Map.of());
  }

  /** What was tuned in the chosen point: what differs within the arm. */
  String tuned() {
    return choice.map(best -> differing(best.point())).orElse("");
  }

  /** The settings of a point that differ between the arm's points. */
  String differing(Point point) {
    return point.varied().entrySet().stream()
        .filter(each ->
            points.stream()
                .anyMatch(other -> !each.getValue().equals(other.varied().get(each.getKey()))))
        .map(each -> each.getKey() + " " + each.getValue())
        .collect(Collectors.joining(", "));
  }

  /** A figure of each seed of a point at the end of its training; empty if none came there. */
  Optional<Sample> sample(Point point, ToDoubleFunction<Event.Figures> figure) {
    List<Double> values = new ArrayList<>();
    ended(point)
        .values()
        .forEach(trial -> values.add(figure.applyAsDouble(trial.end().orElseThrow().figures())));
    return values.isEmpty() ? Optional.empty() : Optional.of(new Sample(values));
  }

  /** What a point was judged by, by the seeds that choose; empty if none came to its end. */
  Optional<Sample> tuning(Point point) {
    Map<Long, TrialRecord> ended = ended(point);
    List<Double> values =
        findings.spec().tuningSeeds().stream()
            .filter(ended::containsKey)
            .map(seed -> findings.metric(ended.get(seed).end().orElseThrow().figures()))
            .toList();
    return values.isEmpty() ? Optional.empty() : Optional.of(new Sample(values));
  }

  /** Whether its networks tell numbers, of which none is read right. */
  boolean tellsNumbers() {
    return choice
        .flatMap(best -> sample(best.point(), Event.Figures::validationAccuracy))
        .filter(accuracy -> Double.isNaN(accuracy.mean()))
        .isPresent();
  }

  /**
   * A figure of each seed of the chosen point on the test data, at its end; empty if they were not
   * read, or have none.
   */
  Optional<Sample> tested(ToDoubleFunction<Event.Tested> figure) {
    List<Double> values =
        chosen().values().stream()
            .flatMap(trial -> Optional.ofNullable(trial.tests().get(Optional.empty())).stream())
            .map(figure::applyAsDouble)
            .filter(value -> !Double.isNaN(value))
            .toList();
    return values.isEmpty() ? Optional.empty() : Optional.of(new Sample(values));
  }

  /** A figure of each seed of the chosen point of what it learned from; empty without one. */
  Optional<Sample> measured(ToDoubleFunction<Event.Measured> figure) {
    List<Double> values =
        chosen().values().stream()
            .flatMap(trial -> trial.measured().stream())
            .map(figure::applyAsDouble)
            .filter(value -> !Double.isNaN(value))
            .toList();
    return values.isEmpty() ? Optional.empty() : Optional.of(new Sample(values));
  }

  /** How much larger the validation error is than that on what was learned from, seed by seed. */
  Optional<Sample> gap() {
    List<Double> values =
        chosen().values().stream()
            .filter(trial -> trial.measured().isPresent())
            .map(trial ->
                trial.measured().get().accuracy()
                    - trial.end().orElseThrow().figures().validationAccuracy())
            .toList();
    return values.isEmpty() ? Optional.empty() : Optional.of(new Sample(values));
  }

  /** The curves of each seed of the chosen point. */
  List<List<EpochRow>> curves() {
    return chosen().values().stream()
        .flatMap(trial -> findings.curves().apply(trial.id()).stream())
        .map(RunCurves::epochs)
        .filter(epochs -> !epochs.isEmpty())
        .toList();
  }

  /** The mean time of an epoch of the chosen point, in seconds; NaN without one. */
  double epochSeconds() {
    return curves().stream()
        .flatMap(List::stream)
        .mapToDouble(EpochRow::seconds)
        .average()
        .orElse(Double.NaN);
  }

  /** The mean time of a training of the chosen point, in seconds; NaN without one. */
  double seconds() {
    return chosen().values().stream()
        .mapToDouble(TrialRecord::seconds)
        .average()
        .orElse(Double.NaN);
  }
}
