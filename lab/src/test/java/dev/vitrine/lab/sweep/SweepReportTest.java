package dev.vitrine.lab.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.lab.journal.Event;
import dev.vitrine.lab.journal.StudyRecord;
import dev.vitrine.lab.report.Grid;
import dev.vitrine.lab.report.Report;
import dev.vitrine.lab.report.ReportFiles;
import dev.vitrine.lab.search.Agenda;
import dev.vitrine.lab.search.Point;
import dev.vitrine.lab.search.Points;
import dev.vitrine.lab.search.Trial;
import dev.vitrine.lab.spec.SpecReader;
import dev.vitrine.lab.spec.StudySpec;
import dev.vitrine.report.EpochRow;
import dev.vitrine.run.RunCurves;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepReportTest {
  private static final String TWO_RULES =
      """
      name: two-rules
      question: Which of two rules is better?
      settings: {epochs: 4}
      arms: {sgd: {optimizer: sgd}, adam: {optimizer: adam}}
      vary:
        - {name: lr, values: [0.01, 0.1, 1]}
      band: {loss: 0.021, accuracy: 0.001}
      baseline: sgd
      seeds: 8
      """;

  private static final int EPOCHS = 4;

  /** A study that was done, with the accuracy that a function gives. */
  private static Findings done(String yaml, ToDoubleBiFunction<Point, Long> accuracy) {
    StudySpec spec =
        new SpecReader(List.of("epochs", "optimizer", "lr")).parse(yaml, "test", false);
    List<Point> points = Points.of(spec);
    StudyRecord record = new StudyRecord();
    for (Point point : points) {
      for (long seed : spec.seeds()) {
        train(record, point.with(seed), accuracy.applyAsDouble(point, seed));
      }
    }
    Agenda agenda = Agenda.of(spec, points, _ -> EPOCHS, record.known(spec.metric()));
    int reads = 0;
    for (Agenda.Choice choice : agenda.choices().values()) {
      for (long seed : spec.seeds()) {
        String id = choice.point().with(seed).id();
        double right = accuracy.applyAsDouble(choice.point(), seed) - 0.01;
        record.add(new Event.TestRead(++reads, id, Optional.empty(), "chosen"));
        record.add(new Event.Tested(id, Optional.empty(), 0.1, right, 1000));
      }
    }
    return new Findings(
        spec,
        points,
        agenda,
        record,
        id -> record.trial(id).flatMap(t -> t.end()).map(SweepReportTest::curves),
        _ -> Optional.empty(),
        Map.of("sgd", 0.9399, "adam", 0.9501),
        Map.of("command", "vitrine study two-rules"));
  }

  private static void train(StudyRecord record, Trial trial, double accuracy) {
    String id = trial.id();
    record.add(new Event.Started(id, trial.point().arm(), trial.seed(), "vitrine train …"));
    if (Double.isNaN(accuracy)) {
      record.add(new Event.Failed(id, "diverged", "The training diverged in step 3", 0, 1));
      return;
    }
    Event.Figures figures = new Event.Figures(0.1, 0.99, 1 - accuracy, accuracy);
    String hash = Integer.toHexString(Double.hashCode(accuracy)) + "0123456789abcdef";
    record.add(new Event.Reached(id, EPOCHS, true, figures, hash, 2));
  }

  private static RunCurves curves(Event.Reached end) {
    List<EpochRow> rows = new ArrayList<>();
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      double accuracy = end.figures().validationAccuracy() - 0.05 * (EPOCHS - epoch);
      rows.add(
          new EpochRow(
              epoch,
              0.1 + 0.01 * (EPOCHS - epoch),
              0.9,
              OptionalDouble.of(0.3),
              OptionalDouble.of(accuracy),
              1000,
              0.1,
              1));
    }
    return new RunCurves(List.of(), rows, Optional.empty());
  }

  /** Noise that differs from seed to seed and arm to arm, but not from run to run. */
  private static double noise(Point point, long seed) {
    int salt = point.arm().equals("adam") ? 3 : 5;
    return 0.0002 * ((seed * salt) % 7 - 3);
  }

  private static double rate(Point point) {
    return Double.parseDouble(point.varied().get("lr"));
  }

  private static double better(Point point, long seed) {
    double best = point.arm().equals("adam") ? 0.96 : 0.95;
    return best - (rate(point) == 0.1 ? 0 : 0.1) + noise(point, seed);
  }

  private static Grid grid(Report report, String id) {
    return (Grid)
        report.sections().stream()
            .flatMap(section -> section.blocks().stream())
            .filter(block -> block instanceof Grid grid && grid.id().equals(id))
            .findFirst()
            .orElseThrow();
  }

  @Test
  void theBetterRuleIsNamedWithItsMargin() {
    Report report = SweepReport.of(done(TWO_RULES, SweepReportTest::better));
    assertThat(report.conclusions().getFirst())
        .startsWith(
            "Of 2 arms adam with lr 0.1 has the best mean validation accuracy: 96.00 ± 0.04 %; on test data 95.00")
        .endsWith("%.");
    assertThat(report.conclusions().get(1))
        .matches(
            "adam beats sgd by 1\\.00 ± 0\\.04 points in test accuracy"
                + " \\(95 % interval; n = 8, p = 0\\.00781\\)\\.");
    assertThat(report.conclusions())
        .contains(
            "Beside what was reported: sgd 94.01 % (93.99 %) reaches it; adam 95.00 % (95.01 %) does"
                + " not reach it.");
    assertThat(report.conclusions().getLast())
        .isEqualTo(
            "The test data were read 16 times, after every choice was fixed; nothing was chosen by"
                + " them.");
    assertThat(grid(report, "comparisons").rows().getFirst()).contains("adam − sgd", "larger");
    assertThat(grid(report, "fast").rows())
        .containsExactly(
            List.of("sgd", "2.0 ± 0.0", "4.0 ± 0.0"), List.of("adam", "2.0 ± 0.0", "4.0 ± 0.0"));
    assertThat(grid(report, "points").rows()).hasSize(6);
    assertThat(grid(report, "trials").rows()).hasSize(48);
  }

  @Test
  void whatDoesNotDifferIsNotSaidTo() {
    Report report =
        SweepReport.of(
            done(
                TWO_RULES,
                (point, seed) -> 0.95 - (rate(point) == 0.1 ? 0 : 0.1) + noise(point, seed)));
    assertThat(report.conclusions().get(1))
        .startsWith("No difference could be shown between adam and sgd in test accuracy: ")
        .contains("(n = 8, p = ", "a true difference of 0.");
  }

  @Test
  void fewSeedsGiveNoVerdict() {
    Report report =
        SweepReport.of(done(TWO_RULES.replace("seeds: 8", "seeds: 5"), SweepReportTest::better));
    assertThat(report.conclusions())
        .contains(
            "No verdict is possible on how arms differ: 5 seeds cannot give a p below 0.0625, and it"
                + " takes 6 seeds for 1 comparison at the level 0.05.")
        .noneSatisfy(said -> assertThat(said).startsWith("adam minus sgd"));
    assertThat(grid(report, "comparisons").rows().getFirst()).contains("too few seeds to show one");
  }

  /** One seed chose; over all of them another arm is the better one. */
  @Test
  void theBestArmIsThatOfTheTable() {
    String oneChooses = TWO_RULES.replace("seeds: 8", "seeds: 3\ntune-seeds: 1");
    Report report =
        SweepReport.of(
            done(
                oneChooses,
                (point, seed) -> {
                  boolean adam = point.arm().equals("adam");
                  double others = adam ? 0.95 : 0.92;
                  double first = adam ? 0.93 : 0.94;
                  return (seed == 1 ? first : others) - (rate(point) == 0.1 ? 0 : 0.1);
                }));
    assertThat(report.conclusions().getFirst())
        .startsWith("Of 2 arms adam with lr 0.1 has the best mean validation accuracy: 94.33");
  }

  @Test
  void equalBitsAreCalledSo() {
    Report report =
        SweepReport.of(done(TWO_RULES, (point, seed) -> rate(point) == 0.1 ? 0.9 : 0.5));
    assertThat(report.conclusions()).contains("adam and sgd are identical, bit for bit.");
  }

  @Test
  void edgesAndFailuresAreTold() {
    Report report =
        SweepReport.of(
            done(
                TWO_RULES,
                (point, seed) ->
                    rate(point) == 1 ? Double.NaN : 0.9 - rate(point) + noise(point, seed)));
    assertThat(report.conclusions())
        .contains("8 trainings of sgd diverged (lr 1).")
        .anySatisfy(said ->
            assertThat(said)
                .startsWith(
                    "The choice of sgd, lr 0.01, lies on the lower edge of what was searched:"));
    assertThat(grid(report, "failures").rows()).hasSize(16);
  }

  @Test
  void aStudyThatWasCutOffSaysSo(@TempDir Path folder) {
    Findings all = done(TWO_RULES, SweepReportTest::better);
    StudyRecord none = new StudyRecord();
    Findings begun =
        new Findings(
            all.spec(),
            all.points(),
            Agenda.of(all.spec(), all.points(), _ -> EPOCHS, none.known(all.spec().metric())),
            none,
            _ -> Optional.empty(),
            _ -> Optional.empty(),
            Map.of(),
            Map.of());
    Report report = SweepReport.of(begun);
    assertThat(report.conclusions().getFirst())
        .isEqualTo(
            "The study is not complete (it is not done yet): 48 trainings to go before the next"
                + " decision. What stands here holds for what was done.");
    assertThat(ReportFiles.write(folder, report)).exists();
  }
}
