package dev.vitrine.lab.sweep;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.lab.journal.Confusion;
import dev.vitrine.lab.journal.Event;
import dev.vitrine.lab.journal.StudyRecord;
import dev.vitrine.lab.report.Figure;
import dev.vitrine.lab.report.Grid;
import dev.vitrine.lab.report.Picture;
import dev.vitrine.lab.report.Report;
import dev.vitrine.lab.report.ReportFiles;
import dev.vitrine.lab.search.Agenda;
import dev.vitrine.lab.search.Point;
import dev.vitrine.lab.search.Points;
import dev.vitrine.lab.search.Trial;
import dev.vitrine.lab.spec.SpecReader;
import dev.vitrine.lab.spec.StudySpec;
import dev.vitrine.report.EpochRow;
import dev.vitrine.report.Series;
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
        double learned = choice.arm().startsWith("adam") ? 0.999 : 0.98;
        record.add(new Event.Measured(id, 0.05, learned + 0.0002 * (seed - 4.5), 9000));
        record.add(
            new Event.Tested(
                id, Optional.empty(), 0.1, right, 1000, Optional.of(confusion(right))));
      }
    }
    return new Findings(
        spec,
        points,
        agenda,
        record,
        id -> record.trial(id).flatMap(t -> t.end()).map(SweepReportTest::curves),
        _ -> Optional.empty(),
        (trial, example) ->
            example == 17 ? Optional.of((trial + "17").getBytes(UTF_8)) : Optional.empty(),
        Map.of(
            "sgd", Claim.errors(Double.NaN, Double.NaN, 6.01), "adam", Claim.errors(0.3, 9, 4.99)),
        Map.of("command", "vitrine study two-rules", "goes on with", "vitrine study --resume DIR"));
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

  /** Of 1,000 examples of two classes: all that is wrong is a cat that was read as a dog. */
  private static Confusion confusion(double right) {
    long wrong = Math.round(1000 * (1 - right));
    return new Confusion(
        List.of("cat", "dog"),
        List.of(
            new Confusion.Cell(0, 0, 500 - wrong, -1),
            new Confusion.Cell(0, 1, wrong, 17),
            new Confusion.Cell(1, 1, 500, -1)));
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
    int salt = point.arm().startsWith("adam") ? 3 : 5;
    return 0.0002 * ((seed * salt) % 7 - 3);
  }

  private static double rate(Point point) {
    return Double.parseDouble(point.varied().get("lr"));
  }

  private static double better(Point point, long seed) {
    double best = point.arm().startsWith("adam") ? 0.96 : 0.95;
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
            List.of("sgd", "2.0 ± 0.0", "4.0 ± 0.0, the end"),
            List.of("adam", "2.0 ± 0.0", "4.0 ± 0.0, the end"));
    assertThat(report.conclusions())
        .contains(
            "First to stay near their ends: the training loss of sgd, adam (from epoch 2.0 ± 0.0).");
    assertThat(grid(report, "points").rows()).hasSize(6);
    assertThat(grid(report, "trials").rows()).hasSize(48);
  }

  /** Training errors are those that were measured at the end, not those of the last epoch. */
  @Test
  void errorsStandSideBySideWithTheGapBetweenThem() {
    Report report = SweepReport.of(done(TWO_RULES, SweepReportTest::better));
    assertThat(grid(report, "errors").columns())
        .containsExactly(
            "arm", "while learning", "training", "validation", "validation − training", "test");
    List<String> adam = grid(report, "errors").rows().get(1);
    assertThat(adam.subList(0, 3)).containsExactly("adam", "1.00 ± 0.00", "0.10 ± 0.05");
    assertThat(adam.get(3)).startsWith("4.00 ± ");
    assertThat(adam.get(4)).startsWith("3.90 ± ");
    assertThat(adam.get(5)).startsWith("5.00 ± ");
    assertThat(report.conclusions())
        .anySatisfy(said ->
            assertThat(said)
                .isEqualTo(
                    "Measured on what they learned from, without dropout, the networks' errors are 0.10 % (adam) to 2.00 % (sgd); validation errors are larger by 3.00 points (sgd) to 3.90 points (adam)."))
        .contains(
            "Against sgd the training error so measured, n = 8, is smaller with adam (by 1.90 points, p = 0.00781).");
    assertThat(grid(report, "training-comparisons").rows().getFirst())
        .contains("adam − sgd", "+1.90", "larger");
  }

  /** What lies outside of where one more seed would is no chance. */
  @Test
  void whatIsReportedStandsBesideWhatWasFound() {
    Report report = SweepReport.of(done(TWO_RULES, SweepReportTest::better));
    List<String> adam = grid(report, "reported").rows().get(1);
    assertThat(adam.subList(0, 6))
        .containsExactly("adam", "0.30", "0.10 ± 0.05", "9.00", adam.get(4), "4.99");
    assertThat(adam.getLast()).isEqualTo("within");
    assertThat(grid(report, "reported").rows().getFirst())
        .startsWith("sgd", "–", "2.00 ± 0.05", "–");
    assertThat(report.conclusions())
        .contains(
            "Every reported test error lies where one more seed of the same settings would (95 %).");
    Findings other = done(TWO_RULES, (point, seed) -> better(point, seed) - 0.002);
    assertThat(SweepReport.of(other).conclusions())
        .anySatisfy(said ->
            assertThat(said)
                .startsWith(
                    "Where one more seed would lie here (95 %), 2 of 2 reported test errors do not: sgd (6.01 %, against 6."));
  }

  /** Values that are arms are drawn as what they are: those of one parameter. */
  @Test
  void errorsAreDrawnOverAParameterWhoseValuesAreCompared() {
    String compared = TWO_RULES.replace("baseline: sgd", "compare: [lr]");
    List<Figure> figures =
        SweepReport.of(done(compared, SweepReportTest::better)).sections().stream()
            .flatMap(section -> section.blocks().stream())
            .filter(block -> block instanceof Figure)
            .map(block -> (Figure) block)
            .toList();
    Figure errors =
        figures.stream().filter(f -> f.id().equals("errors-sgd-lr")).findFirst().orElseThrow();
    assertThat(errors.lines())
        .extracting(Figure.Line::name)
        .containsExactly("training", "validation", "test");
    assertThat(errors.lines().get(1).points())
        .extracting(Series.Point::x)
        .containsExactly(0.01, 0.1, 1.0);
    assertThat(errors.lines().get(1).points().get(1).y()).isCloseTo(5, within(0.1));
    assertThat(errors.lines().get(2).points().get(1).y()).isCloseTo(6, within(0.1));
    Figure over = figures.stream().filter(f -> f.id().equals("over-lr")).findFirst().orElseThrow();
    assertThat(over.lines()).extracting(Figure.Line::name).containsExactly("sgd", "adam");
  }

  @Test
  void whatWasConfusedIsShownOnce() {
    Report report = SweepReport.of(done(TWO_RULES, SweepReportTest::better));
    List<String> sgd = grid(report, "confused").rows().getFirst();
    assertThat(sgd.subList(1, 3)).containsExactly("480", "8,000");
    assertThat(sgd.get(3)).isEqualTo("cat read as dog: 480 times");
    List<Picture> drawn =
        report.sections().stream()
            .flatMap(section -> section.blocks().stream())
            .filter(block -> block instanceof Picture)
            .map(block -> (Picture) block)
            .toList();
    assertThat(drawn)
        .extracting(Picture::id)
        .containsExactly("confusion-sgd", "misread-sgd", "confusion-adam", "misread-adam");
    assertThat(drawn.getFirst().drawing().markup()).contains(">480<", "cat read as dog");
    List<List<String>> counts = drawn.getFirst().numbers();
    assertThat(counts).hasSize(counts.getFirst().size());
    int dog = counts.getFirst().indexOf("dog");
    assertThat(counts.get(counts.getFirst().indexOf("cat")).get(dog)).isEqualTo("480");
    // all seeds misread the same example worst: one picture of it
    assertThat(drawn.get(1).drawing().markup().split("<img", -1)).hasSize(2);
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
  void manyPairsThatDoNotDifferAreOneSentence() {
    String rules =
        TWO_RULES.replace(
            "adam: {optimizer: adam}}",
            "adam: {optimizer: adam}, lion: {optimizer: lion}, adamw: {optimizer: adamw}}");
    Report report =
        SweepReport.of(
            done(
                rules,
                (point, seed) ->
                    0.95
                        - (rate(point) == 0.1 ? 0 : 0.1)
                        + 0.0002 * ((seed * point.arm().length()) % 7 - 3)));
    assertThat(report.conclusions())
        .filteredOn(said -> said.startsWith("No difference could be shown"))
        .singleElement()
        .asString()
        .startsWith("No difference could be shown in test accuracy between adam and sgd (")
        .contains(" points, n = 8, p = ", ", lion and sgd (", ", adamw and sgd (")
        .endsWith(" would have been found four times in five.");
  }

  @Test
  void anArmThatFailedChangesNoVerdictOnTheOthers() {
    String three =
        TWO_RULES.replace(
            "adam: {optimizer: adam}}", "adam: {optimizer: adam}, boom: {optimizer: boom}}");
    Report report =
        SweepReport.of(
            done(
                three,
                (point, seed) -> point.arm().equals("boom") ? Double.NaN : better(point, seed)));
    assertThat(report.conclusions())
        .contains(
            "adam beats sgd by 1.00 ± 0.04 points in test accuracy (95 % interval; n = 8, p = 0.00781).");
  }

  @Test
  void anIntervalThatHoldsZeroBesideASmallPIsExplained() {
    Report report =
        SweepReport.of(
            done(
                TWO_RULES,
                (point, seed) ->
                    rate(point) != 0.1
                        ? 0.5
                        : point.arm().equals("sgd") ? 0.95 : 0.951 + (seed == 8 ? 0.03 : 0)));
    assertThat(report.conclusions())
        .anySatisfy(said ->
            assertThat(said)
                .contains(
                    "(95 % interval, which holds 0 since the differences are skewed; n = 8, p = "));
  }

  @Test
  void tooManyPairsAreNotComparedAndThatIsSaid() {
    String seven =
        TWO_RULES
            .replace("baseline: sgd\n", "")
            .replace(
                "adam: {optimizer: adam}}",
                "adam: {optimizer: adam}, c: {optimizer: c}, d: {optimizer: d}, e: {optimizer: e}, f: {optimizer: f}, g: {optimizer: g}}");
    assertThat(SweepReport.of(done(seven, SweepReportTest::better)).conclusions())
        .anySatisfy(said ->
            assertThat(said)
                .startsWith("The arms are not compared with one another: they make 21 pairs"));
  }

  /** The seeds that had no part in the choice are no part of the table of what was tried. */
  @Test
  void pointsStandWithTheSeedsThatChose() {
    String oneChooses = TWO_RULES.replace("seeds: 8", "seeds: 3\ntune-seeds: 1");
    Grid points = grid(SweepReport.of(done(oneChooses, SweepReportTest::better)), "points");
    assertThat(points.rows()).hasSize(6).allSatisfy(row -> assertThat(row.get(3)).isEqualTo("1"));
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

  @Test
  void oneSeedGivesNoVerdict() {
    String one = TWO_RULES.replace("seeds: 8", "seeds: 1");
    assertThat(SweepReport.of(done(one, SweepReportTest::better)).conclusions())
        .contains(
            "No verdict is possible on how arms differ: each was trained with one seed, and it takes"
                + " 6 seeds for 1 comparison at the level 0.05.");
  }

  /** As parts that data bring along may have it. */
  @Test
  void testExamplesThatWereLearnedFromAreTold() {
    Findings found = done(TWO_RULES, SweepReportTest::better);
    found.record().add(new Event.Copies("a/mine.npz", 3, 1000));
    assertThat(SweepReport.of(found).conclusions().getLast())
        .isEqualTo(
            "Of mine.npz, 3 of the 1,000 test examples are exact copies of some that the training"
                + " sees: test figures are better than they would be on new ones.");
  }

  @Test
  void choicesOnOneEdgeAreOneSentence() {
    Findings found = done(TWO_RULES, (point, seed) -> 0.9 - rate(point) / 2 + noise(point, seed));
    assertThat(SweepReport.of(found).conclusions())
        .filteredOn(said -> said.contains("edge"))
        .singleElement()
        .asString()
        .startsWith("The choices of sgd and adam, lr 0.01, lie on the lower edge of what");
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
    assertThat(report.conclusions())
        .startsWith("Of 2 arms sgd, adam share the best mean validation accuracy: 90.00 ± 0.00 %.")
        .contains("adam and sgd are identical, bit for bit.");
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
                    "The choices of sgd and adam, lr 0.01, lie on the lower edge of what was searched: the best may lie"
                        + " beyond; try 0.001 and 0.0001: vitrine study --resume DIR --add")
                .endsWith(" lr=0.001,0.0001."));
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
            (_, _) -> Optional.empty(),
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
