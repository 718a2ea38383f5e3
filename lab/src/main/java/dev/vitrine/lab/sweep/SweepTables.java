package dev.vitrine.lab.sweep;

import dev.vitrine.lab.journal.Event;
import dev.vitrine.lab.journal.TrialRecord;
import dev.vitrine.lab.report.Grid;
import dev.vitrine.lab.search.Agenda;
import dev.vitrine.lab.search.Known;
import dev.vitrine.lab.search.Point;
import dev.vitrine.lab.statistics.Comparison;
import dev.vitrine.lab.statistics.Interval;
import dev.vitrine.lab.statistics.Sample;
import dev.vitrine.report.Numbers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The tables of a sweep. */
final class SweepTables {
  private final Findings findings;

  SweepTables(Findings findings) {
    this.findings = findings;
  }

  /**
   * What each arm came to with what was chosen for it.
   *
   * @param errors whether training errors have a table of their own
   */
  Grid arms(boolean errors) {
    boolean tuned = findings.arms().stream().anyMatch(arm -> arm.points().size() > 1);
    boolean tested =
        findings.arms().stream().anyMatch(arm -> arm.tested(Event.Tested::loss).isPresent());
    boolean numbers = findings.arms().stream().anyMatch(Arm::tellsNumbers);
    List<String> columns = new ArrayList<>(List.of("arm"));
    if (tuned) {
      columns.add("chosen");
    }
    columns.add("training loss");
    if (!errors && !numbers) {
      columns.add("training accuracy, %");
    }
    columns.add("validation loss");
    if (!numbers) {
      columns.add("validation accuracy, %");
    }
    if (tested) {
      columns.addAll(
          numbers ? List.of("test loss", "test R²") : List.of("test accuracy, %", "test loss"));
    }
    boolean reported = findings.reported().values().stream().anyMatch(Claim::tellsTest);
    if (reported) {
      columns.add("reported, %");
    }
    columns.addAll(List.of("n", "time of one"));
    Grid grid =
        new Grid(
            "arms",
            "Mean ± standard deviation over n seeds, at the end of the training.",
            columns,
            List.of());
    for (Arm arm : findings.arms()) {
      List<String> row = new ArrayList<>(List.of(arm.name()));
      if (tuned) {
        row.add(arm.tuned());
      }
      row.add(Said.number(figure(arm, Event.Figures::trainLoss)));
      if (!errors && !numbers) {
        row.add(Said.percent(figure(arm, Event.Figures::trainAccuracy)));
      }
      row.add(Said.number(figure(arm, Event.Figures::validationLoss)));
      if (!numbers) {
        row.add(Said.percent(figure(arm, Event.Figures::validationAccuracy)));
      }
      if (tested) {
        row.addAll(numbers ? numbersOnTest(arm) : classesOnTest(arm));
      }
      if (reported) {
        row.add(
            Said.percent(
                Optional.ofNullable(findings.reported().get(arm.name()))
                    .filter(Claim::tellsTest)
                    .map(claim -> Sample.of(1 - claim.test()))));
      }
      row.add(Integer.toString(arm.chosen().size()));
      row.add(time(arm.seconds()));
      grid = grid.row(row);
    }
    return grid;
  }

  private static List<String> classesOnTest(Arm arm) {
    return List.of(
        Said.percent(arm.tested(Event.Tested::accuracy)),
        Said.number(arm.tested(Event.Tested::loss)));
  }

  private static List<String> numbersOnTest(Arm arm) {
    return List.of(
        Said.number(arm.tested(Event.Tested::loss)),
        Said.number(arm.tested(test -> test.r2().orElse(Double.NaN))));
  }

  private static Optional<Sample> figure(Arm arm, ToDoubleFunction<Event.Figures> figure) {
    return arm.choice().flatMap(best -> arm.sample(best.point(), figure));
  }

  static String time(double seconds) {
    return Double.isNaN(seconds)
        ? "–"
        : Numbers.duration(Duration.ofMillis(Math.round(1000 * seconds)));
  }

  /** Each point that was tried, the best of each arm first. */
  Grid points() {
    Grid grid =
        Grid.of(
            "points",
            "All points, those of each arm by what they were chosen by: %s, mean ± standard deviation over the seeds that chose."
                .formatted(findings.spec().metric().key().replace('-', ' ')),
            "arm",
            "point",
            findings.spec().metric().key().replace('-', ' '),
            "n",
            "failed");
    for (Arm arm : findings.arms()) {
      for (Point point : best(arm)) {
        Optional<Sample> metric = arm.sample(point, findings::metric);
        grid =
            grid.row(
                arm.name(),
                arm.differing(point),
                findings.byAccuracy() ? Said.percent(metric) : Said.number(metric),
                Integer.toString(metric.map(Sample::size).orElse(0)),
                Long.toString(failures(point)));
      }
    }
    return grid;
  }

  private List<Point> best(Arm arm) {
    return arm.points().stream()
        .sorted(
            Comparator.comparingDouble(point ->
                findings
                    .spec()
                    .metric()
                    .cost(
                        arm.sample(point, findings::metric).map(Sample::mean).orElse(Double.NaN))))
        .toList();
  }

  private long failures(Point point) {
    return findings.failed().stream()
        .filter(trial -> trial.id().startsWith(point.id() + "-s"))
        .count();
  }

  /** What a halving left out, when, and by what. */
  Grid rungs() {
    Grid grid =
        Grid.of(
            "rungs",
            "What halving compared after so many epochs, the best first: mean ± standard deviation over the seeds that chose.",
            "arm",
            "after epochs",
            "point",
            findings.spec().metric().key().replace('-', ' '),
            "n",
            "");
    Known known = findings.record().known(findings.spec().metric());
    for (Agenda.Rung rung : findings.agenda().rungs()) {
      Arm arm =
          findings.arms().stream()
              .filter(each -> each.name().equals(rung.arm()))
              .findFirst()
              .orElseThrow();
      List<Point> all = new ArrayList<>(rung.kept());
      all.addAll(rung.dropped());
      for (Point point : all) {
        List<Double> values =
            findings.spec().tuningSeeds().stream()
                .flatMap(seed -> known.metric(point.with(seed), rung.epochs()).stream().boxed())
                .toList();
        Optional<Sample> metric =
            values.isEmpty() ? Optional.empty() : Optional.of(new Sample(values));
        grid =
            grid.row(
                arm.name(),
                Integer.toString(rung.epochs()),
                arm.differing(point),
                findings.byAccuracy() ? Said.percent(metric) : Said.number(metric),
                Integer.toString(values.size()),
                rung.kept().contains(point) ? "goes on" : "left out");
      }
    }
    return grid;
  }

  /** Arm against arm. */
  Grid contrasts(List<Contrast> contrasts) {
    boolean shares = findings.byAccuracy();
    String of = Contrast.what(findings) + (shares ? ", points" : "");
    return contrasts(
        "comparisons",
        "Arms paired by seed: the same start, the same order of examples. p of the exact sign-flip test, corrected by Holm over all rows that are not identical; Student's 95 % interval of the mean difference; the smallest true difference that so many seeds would have found in 80 % of experiments.",
        of,
        contrasts,
        shares);
  }

  /** Arm against arm, by accuracy on what was learned from. */
  Grid measured(List<Contrast> contrasts) {
    return contrasts(
        "training-comparisons",
        "The same of what was learned from, measured at the end.",
        "training accuracy, points",
        contrasts,
        true);
  }

  private static Grid contrasts(
      String id, String caption, String of, List<Contrast> contrasts, boolean shares) {
    Grid grid =
        Grid.of(
            id,
            caption,
            "difference in " + of,
            "mean",
            "95 % interval",
            "p",
            "p corrected",
            "smallest to be found",
            "n",
            "verdict");
    for (Contrast each : contrasts) {
      Comparison found = each.comparison();
      Interval interval = found.interval();
      grid =
          grid.row(
              "%s − %s".formatted(each.first().name(), each.second().name()),
              difference(found.differences().mean(), shares),
              "%s to %s"
                  .formatted(
                      difference(interval.low(), shares), difference(interval.high(), shares)),
              Said.p(found.p()),
              Said.p(found.corrected()),
              found.smallest().isEmpty()
                  ? "none"
                  : difference(found.smallest().getAsDouble(), shares).replace("+", ""),
              Integer.toString(found.differences().size()),
              ContrastSentences.verdict(found));
    }
    return grid;
  }

  private static String difference(double value, boolean share) {
    return share ? Said.points(value) : Numbers.significant(value, 3);
  }

  /** Trials without a result, and why. */
  Grid failures() {
    Grid grid =
        Grid.of(
            "failures", "Trainings without a result.", "trial", "arm", "settings", "seed", "cause");
    for (TrialRecord trial : findings.failed()) {
      Optional<Point> point = findings.point(trial.id());
      grid =
          grid.row(
              trial.id(),
              point.map(Point::arm).orElse(""),
              point.map(SweepTables::varied).orElse(""),
              Long.toString(trial.seed()),
              trial.failure().orElseThrow().cause());
    }
    return grid;
  }

  static String varied(Point point) {
    List<String> parts = new ArrayList<>();
    point.varied().forEach((name, value) -> parts.add(name + " " + value));
    return String.join(", ", parts);
  }

  /** Every number's origin. */
  Grid trials() {
    Grid grid =
        Grid.of(
            "trials",
            "Every training with the hash of its parameters and the command that gives it again, to the bit.",
            "trial",
            "arm",
            "seed",
            "validation accuracy, %",
            "test accuracy, %",
            "parameters",
            "command");
    for (TrialRecord trial : findings.record().trials()) {
      Optional<Event.Reached> end = trial.end();
      Optional<Event.Tested> test = Optional.ofNullable(trial.tests().get(Optional.empty()));
      grid =
          grid.row(
              trial.id(),
              findings.point(trial.id()).map(Point::arm).orElse(""),
              Long.toString(trial.seed()),
              Said.percent(end.map(e -> Sample.of(e.figures().validationAccuracy()))),
              Said.percent(test.map(t -> Sample.of(t.accuracy()))),
              end.map(e -> e.hash().substring(0, Math.min(16, e.hash().length()))).orElse("–"),
              trial.command());
    }
    return grid;
  }
}
