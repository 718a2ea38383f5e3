package dev.vitrine.lab;

import dev.vitrine.lab.StudyResult.PointResult;
import dev.vitrine.lab.StudyResult.State;
import dev.vitrine.lab.StudyResult.TrialResult;
import dev.vitrine.lab.journal.Event;
import dev.vitrine.lab.journal.StudyRecord;
import dev.vitrine.lab.journal.TrialRecord;
import dev.vitrine.lab.search.Agenda;
import dev.vitrine.lab.search.Edge;
import dev.vitrine.lab.search.Point;
import dev.vitrine.lab.spec.StudySpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Makes of what is known of a study what it came to. */
final class Results {
  private final StudySpec spec;
  private final StudyRecord record;
  private final Agenda agenda;

  private Results(StudySpec spec, StudyRecord record, Agenda agenda) {
    this.spec = spec;
    this.record = record;
    this.agenda = agenda;
  }

  static StudyResult of(
      StudySpec spec, List<Point> points, StudyRecord record, Agenda agenda, List<Edge> edges) {
    return new Results(spec, record, agenda).gather(points, edges);
  }

  private StudyResult gather(List<Point> points, List<Edge> edges) {
    Map<String, List<PointResult>> arms = new LinkedHashMap<>();
    points.forEach(
        point -> arms.computeIfAbsent(point.arm(), _ -> new ArrayList<>()).add(result(point)));
    List<StudyResult.Arm> all = new ArrayList<>();
    arms.forEach((name, some) ->
        all.add(
            new StudyResult.Arm(
                name, Optional.ofNullable(agenda.choices().get(name)), List.copyOf(some))));
    boolean judged = unmeasured(all) + untested(all) == 0;
    return new StudyResult(
        spec,
        all,
        record.rungs(),
        edges,
        record.testReads(),
        agenda.decided() && agenda.due().isEmpty() && judged,
        missing(all));
  }

  private PointResult result(Point point) {
    List<TrialResult> trials =
        spec.seeds().stream()
            .flatMap(seed -> record.trial(point.with(seed).id()).stream())
            .map(Results::result)
            .toList();
    return new PointResult(point.id(), point.varied(), point.settings(), trials);
  }

  private static TrialResult result(TrialRecord trial) {
    Optional<Event.Reached> last =
        trial.reached().isEmpty()
            ? Optional.empty()
            : Optional.of(trial.reached().lastEntry().getValue());
    return new TrialResult(
        trial.id(),
        trial.seed(),
        state(trial),
        Math.max(
            last.map(Event.Reached::epochs).orElse(0),
            trial.failure().map(Event.Failed::epochs).orElse(0)),
        trial.end().map(Event.Reached::figures),
        last.map(Event.Reached::hash).orElse(""),
        trial.seconds(),
        trial.command(),
        trial.failure().map(Event.Failed::cause),
        trial.measured(),
        Optional.ofNullable(trial.tests().get(Optional.<Integer>empty())),
        byEpoch(trial));
  }

  private static SortedMap<Integer, Event.Tested> byEpoch(TrialRecord trial) {
    SortedMap<Integer, Event.Tested> curve = new TreeMap<>();
    trial.tests().forEach((epoch, tested) -> epoch.ifPresent(at -> curve.put(at, tested)));
    return curve;
  }

  private static State state(TrialRecord trial) {
    if (trial.end().isPresent()) {
      return State.FINISHED;
    }
    if (trial.failure().isPresent()) {
      return trial.failure().get().kind().equals("diverged") ? State.DIVERGED : State.FAILED;
    }
    return trial.reached().isEmpty() ? State.UNFINISHED : State.PAUSED;
  }

  /** How many chosen trials are still to be measured on what they learned from. */
  private static long unmeasured(List<StudyResult.Arm> arms) {
    return lacking(arms, trial -> trial.measured().isEmpty());
  }

  /** How many chosen trials the test data are still to judge. */
  private long untested(List<StudyResult.Arm> arms) {
    return switch (spec.test()) {
      case NEVER -> 0;
      case ONCE, CURVES -> lacking(arms, trial -> trial.test().isEmpty());
    };
  }

  private static long lacking(List<StudyResult.Arm> arms, Predicate<TrialResult> lacks) {
    return arms.stream()
        .flatMap(arm -> arm.best().stream())
        .flatMap(point -> point.trials().stream())
        .filter(trial -> trial.state() == State.FINISHED && lacks.test(trial))
        .map(TrialResult::id)
        .distinct()
        .count();
  }

  private List<String> missing(List<StudyResult.Arm> arms) {
    List<String> missing = new ArrayList<>();
    if (!agenda.due().isEmpty()) {
      int many = agenda.due().size();
      missing.add(
          "%s %s still to be trained%s"
              .formatted(
                  many,
                  many == 1 ? "trial is" : "trials are",
                  agenda.decided() ? "" : " before the next decision"));
    }
    Map<String, List<TrialResult>> failed = new LinkedHashMap<>();
    arms.forEach(arm ->
        arm.points().stream()
            .flatMap(point -> point.trials().stream())
            .filter(trial -> trial.cause().isPresent())
            .forEach(
                trial -> failed.computeIfAbsent(arm.name(), _ -> new ArrayList<>()).add(trial)));
    failed.forEach((arm, some) ->
        missing.add(
            "%s of %s have no result, the first because: %s"
                .formatted(
                    some.size() == 1 ? "1 trial" : some.size() + " trials",
                    arm,
                    some.getFirst().cause().orElseThrow())));
    boolean trained = agenda.decided() && agenda.due().isEmpty();
    long unmeasured = trained ? unmeasured(arms) : 0;
    if (unmeasured > 0) {
      missing.add("%s still to be measured on what they learned from".formatted(unmeasured));
    }
    long untested = trained ? untested(arms) : 0;
    if (untested > 0) {
      missing.add("the test data are still to judge %s".formatted(untested));
    }
    arms.stream()
        .filter(arm -> agenda.decided() && arm.choice().isEmpty())
        .forEach(arm ->
            missing.add("no point of %s has a result with every seed".formatted(arm.name())));
    return missing;
  }
}
