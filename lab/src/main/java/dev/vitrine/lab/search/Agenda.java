package dev.vitrine.lab.search;

import dev.vitrine.lab.spec.Metric;
import dev.vitrine.lab.spec.Search;
import dev.vitrine.lab.spec.StudySpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * What is to be done next, and what has been decided: a function of the study and of what is known,
 * so that a study that was killed goes on as if it had not been.
 *
 * @param due trainings to do now, side by side; empty if all is done
 * @param rungs which points a halving kept, in the order of the decisions
 * @param choices the best point of each arm that has one; empty before all points are trained
 * @param decided whether the choices are made
 */
public record Agenda(
    List<Goal> due, List<Rung> rungs, Map<String, Choice> choices, boolean decided) {
  /** The agenda, with its own copies. */
  public Agenda {
    due = List.copyOf(due);
    rungs = List.copyOf(rungs);
    choices = Collections.unmodifiableMap(new LinkedHashMap<>(choices));
  }

  /**
   * A training to do.
   *
   * @param trial which
   * @param epochs to train it to, or {@link Known#END}
   */
  public record Goal(Trial trial, int epochs) {}

  /**
   * What a halving decided in an arm.
   *
   * @param arm in which
   * @param epochs after how many
   * @param kept the points that go on, the best first
   * @param dropped the others
   */
  public record Rung(String arm, int epochs, List<Point> kept, List<Point> dropped) {}

  /**
   * The best point of an arm.
   *
   * @param arm which
   * @param point the best by the mean over the seeds
   * @param metric that mean, on validation data
   * @param among of how many points
   */
  public record Choice(String arm, Point point, Fold metric, int among) {}

  /**
   * {@return what is next}
   *
   * @param spec the study
   * @param points all of it
   * @param epochs how many each point is trained at most
   * @param known of its trials
   */
  public static Agenda of(
      StudySpec spec, List<Point> points, ToIntFunction<Point> epochs, Known known) {
    return new Deciding(spec, known, epochs).decide(points);
  }

  private record Deciding(StudySpec spec, Known known, ToIntFunction<Point> epochs) {
    Agenda decide(List<Point> points) {
      Map<String, List<Point>> alive = new LinkedHashMap<>();
      points.forEach(p -> alive.computeIfAbsent(p.arm(), _ -> new ArrayList<>()).add(p));
      List<Rung> rungs = new ArrayList<>();
      for (int rung : rungs(points)) {
        List<Goal> due = due(alive.values().stream().flatMap(List::stream).toList(), rung);
        if (!due.isEmpty()) {
          return new Agenda(due, rungs, Map.of(), false);
        }
        alive.replaceAll((arm, some) -> halved(arm, some, rung, rungs));
      }
      List<Goal> due = due(alive.values().stream().flatMap(List::stream).toList(), Known.END);
      if (!due.isEmpty()) {
        return new Agenda(due, rungs, Map.of(), false);
      }
      Map<String, Choice> choices = choices(alive, points);
      return new Agenda(restOf(choices), rungs, choices, true);
    }

    /** After how many epochs points are left out. */
    private List<Integer> rungs(List<Point> points) {
      if (!(spec.search() instanceof Search.Halving halving)) {
        return List.of();
      }
      int most = points.stream().mapToInt(epochs).max().orElse(0);
      List<Integer> rungs = new ArrayList<>();
      for (long at = halving.first(); at < most; at *= halving.factor()) {
        rungs.add((int) at);
      }
      return rungs;
    }

    private int stop(Point point, int rung) {
      return rung >= epochs.applyAsInt(point) ? Known.END : rung;
    }

    private List<Goal> due(List<Point> points, int rung) {
      Map<String, Goal> due = new LinkedHashMap<>(); // arms that agree share trials
      for (Point point : points) {
        for (long seed : spec.tuningSeeds()) {
          add(due, point.with(seed), stop(point, rung));
        }
      }
      return List.copyOf(due.values());
    }

    private void add(Map<String, Goal> due, Trial trial, int epochs) {
      if (!known.failed(trial) && known.metric(trial, epochs).isEmpty()) {
        due.putIfAbsent(trial.id(), new Goal(trial, epochs));
      }
    }

    private List<Point> halved(String arm, List<Point> points, int rung, List<Rung> rungs) {
      int factor = ((Search.Halving) spec.search()).factor();
      List<Point> best =
          points.stream().sorted(Comparator.comparingDouble(p -> cost(p, rung))).toList();
      int kept = Math.ceilDiv(points.size(), factor);
      rungs.add(new Rung(arm, rung, best.subList(0, kept), best.subList(kept, best.size())));
      // in the study's order, so that ties are always decided alike
      return points.stream().filter(best.subList(0, kept)::contains).toList();
    }

    /** The smaller the better; a point that failed with a seed is the worst. */
    private double cost(Point point, int rung) {
      Fold fold = fold(point, stop(point, rung));
      return fold.n() < spec.tuneSeeds()
          ? Double.POSITIVE_INFINITY
          : spec.metric().cost(fold.mean());
    }

    private Fold fold(Point point, int epochs) {
      return Fold.of(
          spec.tuningSeeds().stream()
              .map(point::with)
              .filter(trial -> !known.failed(trial))
              .flatMap(trial -> known.metric(trial, epochs).stream().boxed())
              .toList());
    }

    private Map<String, Choice> choices(Map<String, List<Point>> alive, List<Point> points) {
      Map<String, Choice> choices = new LinkedHashMap<>();
      alive.forEach((arm, some) -> {
        Metric metric = spec.metric();
        long among = points.stream().filter(point -> point.arm().equals(arm)).count();
        some.stream()
            .filter(point -> Double.isFinite(cost(point, Known.END)))
            .min(Comparator.comparingDouble(point -> metric.cost(fold(point, Known.END).mean())))
            .ifPresent(best ->
                choices.put(arm, new Choice(arm, best, fold(best, Known.END), (int) among)));
      });
      return choices;
    }

    /** What was chosen, with the seeds that had no part in the choice. */
    private List<Goal> restOf(Map<String, Choice> choices) {
      Map<String, Goal> due = new LinkedHashMap<>();
      choices
          .values()
          .forEach(choice ->
              spec.seeds().forEach(seed -> add(due, choice.point().with(seed), Known.END)));
      return List.copyOf(due.values());
    }
  }
}
