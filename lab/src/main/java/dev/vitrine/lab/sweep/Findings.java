package dev.vitrine.lab.sweep;

import dev.vitrine.lab.journal.Event;
import dev.vitrine.lab.journal.StudyRecord;
import dev.vitrine.lab.journal.TrialRecord;
import dev.vitrine.lab.search.Agenda;
import dev.vitrine.lab.search.Edge;
import dev.vitrine.lab.search.Point;
import dev.vitrine.lab.spec.StudySpec;
import dev.vitrine.lab.statistics.Sample;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunCurves;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All that a sweep left.
 *
 * @param spec what was asked
 * @param points all that were to be tried, arm by arm
 * @param agenda what was decided, and what is still to do
 * @param record what its journal tells
 * @param curves the curves of a trial by its name; empty if it was not begun
 * @param configs what a trial computes, by its name; empty if it was not begun
 * @param pictures an example that a trial misread, by the trial's name and its place in the test
 *     data, as the bytes of a PNG file; empty if it was not kept
 * @param reported what others report of arms, by their names
 * @param commands what gives it again and what goes further, by what they do
 */
public record Findings(
    StudySpec spec,
    List<Point> points,
    Agenda agenda,
    StudyRecord record,
    Function<String, Optional<RunCurves>> curves,
    Function<String, Optional<RunConfig>> configs,
    BiFunction<String, Integer, Optional<byte[]>> pictures,
    Map<String, Claim> reported,
    Map<String, String> commands) {
  /** Copies the lists. */
  public Findings {
    points = List.copyOf(points);
    reported = Map.copyOf(reported);
    commands = new LinkedHashMap<>(commands);
  }

  /** {@return the arms, in the order of the study} */
  List<Arm> arms() {
    Map<String, List<Point>> byArm = new LinkedHashMap<>();
    points.forEach(p -> byArm.computeIfAbsent(p.arm(), _ -> new ArrayList<>()).add(p));
    return byArm.entrySet().stream()
        .map(entry -> new Arm(entry.getKey(), entry.getValue(), choice(entry.getKey()), this))
        .toList();
  }

  /** {@return so many arms at most, the best by what was chosen, in the order of the study} */
  List<Arm> best(int most) {
    List<Arm> all = arms();
    List<Arm> order =
        all.stream().sorted(Comparator.comparingDouble(this::cost)).limit(most).toList();
    return all.stream().filter(order::contains).toList();
  }

  /** {@return how bad an arm is by its choice: the smaller the better; NaN without one} */
  double cost(Arm arm) {
    double mean =
        arm.choice()
            .flatMap(best -> arm.sample(best.point(), this::metric))
            .map(Sample::mean)
            .orElse(Double.NaN);
    return spec.metric().cost(mean);
  }

  /**
   * {@return the arms as they would be if a parameter whose values are arms were tuned: each with
   * all points that differ in it alone, and no choice}
   */
  List<Arm> armsWithout(String parameter) {
    Map<String, List<Point>> byArm = new LinkedHashMap<>();
    for (Point point : points) {
      String label = parameter + "=" + point.varied().get(parameter);
      String rest =
          Arrays.stream(point.arm().split(", "))
              .filter(word -> !word.equals(label))
              .collect(Collectors.joining(", "));
      byArm.computeIfAbsent(rest, _ -> new ArrayList<>()).add(point);
    }
    return byArm.entrySet().stream()
        .map(entry ->
            new Arm(
                entry.getKey().isEmpty() ? spec.name() : entry.getKey(),
                entry.getValue(),
                Optional.empty(),
                this))
        .toList();
  }

  private Optional<Agenda.Choice> choice(String arm) {
    return Optional.ofNullable(agenda.choices().get(arm));
  }

  /** {@return the choices that lie on the edge of what was searched} */
  List<Edge> edges() {
    return Edge.of(spec, points, agenda.choices().values());
  }

  /** {@return all trials that failed, in the order in which they were begun} */
  List<TrialRecord> failed() {
    return record.trials().stream().filter(trial -> trial.failure().isPresent()).toList();
  }

  /** {@return the point that a trial belongs to, as the study names it} */
  Optional<Point> point(String trial) {
    return points.stream().filter(p -> trial.startsWith(p.id() + "-s")).findFirst();
  }

  /** {@return whether nothing is left to do} */
  boolean complete() {
    return agenda.decided() && agenda.due().isEmpty();
  }

  /** {@return whether validation accuracy is what points are chosen by} */
  boolean byAccuracy() {
    return spec.metric().largerIsBetter();
  }

  /** {@return the study's metric of an epoch's figures} */
  double metric(Event.Figures figures) {
    return byAccuracy() ? figures.validationAccuracy() : figures.validationLoss();
  }
}
