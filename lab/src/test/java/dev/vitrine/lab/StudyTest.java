package dev.vitrine.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.lab.StudyResult.State;
import dev.vitrine.lab.journal.Entry;
import dev.vitrine.lab.journal.Event;
import dev.vitrine.lab.journal.Journal;
import dev.vitrine.lab.trial.StudyListener;
import dev.vitrine.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyTest {
  @TempDir private static Path shared;
  @TempDir private Path box;

  private static Path whole;
  private static StudyResult uninterrupted;

  @BeforeAll
  static void once() {
    whole = shared.resolve("whole");
    uninterrupted = TinyStudies.run(whole, TinyStudies.YAML, 2);
  }

  private static List<Event> events(Path folder) {
    return Journal.read(folder).stream().map(Entry::event).toList();
  }

  private static <E extends Event> List<E> events(Path folder, Class<E> type) {
    return events(folder).stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static String results(Path folder) throws IOException {
    return Files.readString(folder.resolve("results.json"));
  }

  @Test
  void everyArmIsTunedAndJudgedOnceForEachSeed() {
    assertThat(uninterrupted.complete()).isTrue();
    assertThat(uninterrupted.missing()).isEmpty();
    assertThat(uninterrupted.arms())
        .extracting(StudyResult.Arm::name)
        .containsExactly("sgd", "adam");
    assertThat(uninterrupted.testReads()).isEqualTo(4);
    for (StudyResult.Arm arm : uninterrupted.arms()) {
      assertThat(arm.points()).hasSize(2);
      double best = arm.choice().orElseThrow().metric().mean();
      assertThat(arm.points())
          .allSatisfy(point -> {
            assertThat(point.trials())
                .hasSize(2)
                .allSatisfy(trial -> {
                  assertThat(trial.state()).isEqualTo(State.FINISHED);
                  assertThat(trial.epochs()).isEqualTo(2);
                  assertThat(trial.hash()).hasSize(64);
                });
            assertThat(point.validationAccuracy().mean()).isLessThanOrEqualTo(best);
          });
      assertThat(arm.best().orElseThrow().testAccuracy().n()).isEqualTo(2);
      arm.points().stream()
          .filter(point -> !point.id().equals(arm.best().orElseThrow().id()))
          .forEach(other -> assertThat(other.testAccuracy().n()).isZero());
    }
  }

  /** Nothing is tuned on test data: they are read when no training and no choice comes any more. */
  @Test
  void theTestDataAreReadAfterTheLastChoice() {
    List<Event> all = events(whole);
    int first = all.indexOf(events(whole, Event.TestRead.class).getFirst());
    assertThat(all.subList(first, all.size()))
        .noneMatch(event ->
            event instanceof Event.Chosen
                || event instanceof Event.Reached
                || event instanceof Event.Measured);
    assertThat(events(whole, Event.TestRead.class))
        .extracting(Event.TestRead::number)
        .containsExactly(1, 2, 3, 4);
  }

  @Test
  void aloneAndSideBySideTheBitsAreTheSame() throws IOException {
    Path alone = box.resolve("alone");
    TinyStudies.run(alone, TinyStudies.YAML, 1);
    assertThat(results(alone)).isEqualTo(results(whole));
  }

  @Test
  void aStudyThatIsWholeHasNothingToDo() throws IOException {
    Path copy = Folders.copy(whole, box.resolve("copy"));
    List<Event> before = events(copy);
    StudyResult again = TinyStudies.run(copy, TinyStudies.YAML, 2);
    assertThat(results(copy)).isEqualTo(results(whole));
    assertThat(again.testReads()).isEqualTo(4);
    assertThat(events(copy)).hasSize(before.size() + 1).startsWith(before.toArray(Event[]::new));
  }

  @Test
  void theCommandOfATrialSaysAllSettings() {
    String command =
        uninterrupted.arms().getFirst().points().getFirst().trials().getLast().command();
    assertThat(command)
        .startsWith("vitrine train ")
        .contains("--model mlp", "--data digits", "--lr 0.05", "--seed 2", "--label-smoothing 0")
        .contains("--train-images 120", "--validation 0.25", "--init lecun-uniform");
  }

  @Test
  void moreSeedsAndValuesRunOnlyWhatIsNew() {
    Path copy = Folders.copy(whole, box.resolve("copy"));
    int before = events(copy, Event.Started.class).size();
    String larger =
        TinyStudies.YAML.replace("seeds: 2", "seeds: 3").replace("[0.05, 0.2]", "[0.05, 0.2, 0.1]");
    Study study = TinyStudies.study(copy, larger);
    assertThat(study.more()).containsExactly("seeds: 3", "lr: 0.1");
    StudyResult result = TinyStudies.run(study, TinyStudies.options(2), StudyListener.SILENT);
    assertThat(result.complete()).isTrue();
    assertThat(events(copy, Event.Started.class)).hasSize(before + 4 + 3);
    assertThat(events(copy, Event.Extended.class)).hasSize(1);
    // those that were judged before are not judged again, but each read counts
    assertThat(result.testReads()).isBetween(6, 10);
    assertThat(Study.open(copy, TinyStudies.TRAININGS).results()).isEqualTo(result);
  }

  /** Neither what holds anyway nor another spelling makes another point, or another study. */
  @Test
  void theSameInOtherWordsIsTheSame() {
    Path copy = Folders.copy(whole, box.resolve("copy"));
    String words =
        TinyStudies.YAML
            .replace("schedule: constant", "schedule: Constant\n  label-smoothing: 0.0")
            .replace("{optimizer: sgd}", "{optimizer: SGD, momentum: 0.90}")
            .replace("[0.001, 0.01]", "[1e-3, 0.010]");
    Study study = TinyStudies.study(copy, words);
    assertThat(study.more()).isEmpty();
    int before = events(copy, Event.Started.class).size();
    StudyResult result = TinyStudies.run(study, TinyStudies.options(2), StudyListener.SILENT);
    assertThat(result).isEqualTo(uninterrupted);
    assertThat(events(copy, Event.Started.class)).hasSize(before);
    String more = words.replace("seeds: 2", "seeds: 2\nquestion: again?");
    String arm = more.replace("arms:", "arms:\n  plain: {momentum: 0.9, lr: 0.2}");
    Study larger = TinyStudies.study(copy, arm);
    assertThat(larger.more()).containsExactly("arms: plain");
    TinyStudies.run(larger, TinyStudies.options(2), StudyListener.SILENT);
    assertThat(events(copy, Event.Started.class)).hasSize(before);
  }

  /** The file says what it says; what the command line added once is in the study for good. */
  @Test
  void aFileGoesOnWithWhatWasAddedToIt() {
    Path copy = Folders.copy(whole, box.resolve("copy"));
    String larger =
        TinyStudies.YAML.replace("seeds: 2", "seeds: 3").replace("[0.05, 0.2]", "[0.05, 0.2, 0.1]");
    StudyResult all = TinyStudies.run(copy, larger, 2);
    int started = events(copy, Event.Started.class).size();
    Study again = TinyStudies.study(copy, TinyStudies.YAML);
    assertThat(again.more()).isEmpty();
    assertThat(again.spec().seeds()).containsExactly(1L, 2L, 3L);
    assertThat(TinyStudies.run(again, TinyStudies.options(2), StudyListener.SILENT)).isEqualTo(all);
    assertThat(events(copy, Event.Started.class)).hasSize(started);
  }

  @Test
  void otherSettingsAreAnotherStudy() {
    assertThatThrownBy(
            () -> TinyStudies.study(whole, TinyStudies.YAML.replace("batch: 20", "batch: 40")))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            "The study tiny has \"settings.batch\" \"20\" in its folder, but now it is given \"40\"");
  }

  @Test
  void aTrialThatDivergesIsARow() {
    String yaml = TinyStudies.YAML.replace("[0.05, 0.2]", "[0.05, 1e30]");
    Path folder = box.resolve("diverging");
    StudyResult result = TinyStudies.run(folder, yaml, 2);
    StudyResult.Arm sgd = result.arms().getFirst();
    assertThat(sgd.choice().orElseThrow().point().varied()).containsEntry("lr", "0.05");
    assertThat(sgd.points().getLast().trials())
        .hasSize(2)
        .allSatisfy(trial -> {
          assertThat(trial.state()).isEqualTo(State.DIVERGED);
          assertThat(trial.cause().orElseThrow()).contains("step");
          assertThat(trial.end()).isEmpty();
        });
    assertThat(result.complete()).isTrue();
    assertThat(result.missing())
        .singleElement()
        .asString()
        .startsWith("2 trials of sgd have no result");
    assertThat(Study.open(folder, TinyStudies.TRAININGS).results()).isEqualTo(result);
  }

  @Test
  void theFirstFailureMayEndAStudyAndOnlyFailedTrialsAreTriedAgain() {
    String yaml = TinyStudies.YAML.replace("[0.05, 0.2]", "[1e30, 0.05]") + "stop-after: 1\n";
    Path folder = box.resolve("stopped");
    Study study = TinyStudies.study(folder, yaml);
    try (StudyRun run = StudyRun.begin(study, TinyStudies.options(1), StudyListener.SILENT)) {
      StudyResult result = run.run();
      assertThat(result.complete()).isFalse();
      assertThat(run.stopped().orElseThrow()).startsWith("a trial failed: ");
    }
    int started = events(folder, Event.Started.class).size();
    StudyRun.Options again = new StudyRun.Options(1, 1, Long.MAX_VALUE, Optional.empty(), true);
    TinyStudies.run(TinyStudies.study(folder, yaml), again, StudyListener.SILENT);
    assertThat(events(folder, Event.Retried.class)).hasSize(1);
    List<Event.Started> all = events(folder, Event.Started.class);
    assertThat(all.stream().skip(started).map(Event.Started::trial))
        .contains(events(folder, Event.Retried.class).getFirst().trials().getFirst());
  }

  @Test
  void halvingGoesOnFromCheckpointsToTheSameBits() {
    String yaml =
        TinyStudies.YAML.replace("epochs: 2", "epochs: 3")
            + "search: {kind: halving, factor: 2, epochs: 1}\n";
    StudyResult halved = TinyStudies.run(box.resolve("halved"), yaml, 2);
    StudyResult grid =
        TinyStudies.run(box.resolve("grid"), TinyStudies.YAML.replace("epochs: 2", "epochs: 3"), 2);
    assertThat(halved.rungs()).isNotEmpty();
    assertThat(halved.complete()).isTrue();
    for (int arm = 0; arm < 2; arm++) {
      StudyResult.PointResult survivor = halved.arms().get(arm).best().orElseThrow();
      StudyResult.PointResult same =
          grid.arms().get(arm).points().stream()
              .filter(point -> point.id().equals(survivor.id()))
              .findFirst()
              .orElseThrow();
      assertThat(survivor.trials())
          .extracting(StudyResult.TrialResult::hash)
          .isEqualTo(same.trials().stream().map(StudyResult.TrialResult::hash).toList());
      assertThat(halved.arms().get(arm).points())
          .filteredOn(point -> !point.id().equals(survivor.id()))
          .allSatisfy(dropped ->
              assertThat(dropped.trials())
                  .extracting(StudyResult.TrialResult::state)
                  .containsOnly(State.PAUSED));
    }
  }

  /** The curves come from checkpoints, after the choice; every reading of them is counted. */
  @Test
  void testCurvesAreReadForWhatWasChosenAlone() {
    Path folder = box.resolve("curves");
    StudyResult result = TinyStudies.run(folder, TinyStudies.YAML + "test: curves\n", 2);
    assertThat(result.testReads()).isEqualTo(4 * 3);
    for (StudyResult.Arm arm : result.arms()) {
      for (StudyResult.PointResult point : arm.points()) {
        boolean best = point.equals(arm.best().orElseThrow());
        for (StudyResult.TrialResult trial : point.trials()) {
          assertThat(trial.testByEpoch().keySet()).isEqualTo(best ? Set.of(1, 2) : Set.of());
          RunFolder run = new RunFolder(new StudyFolder(folder).trial(trial.id()));
          assertThat(run.epochCheckpoints()).hasSize(best ? 2 : 0); // no more of them is needed
          if (best) {
            double last = trial.testByEpoch().get(2).loss();
            assertThat(trial.test().orElseThrow().loss()).isEqualTo(last);
            assertThat(trial.testByEpoch().get(1).loss()).isNotEqualTo(last);
          }
        }
      }
    }
    assertThat(events(folder, Event.TestRead.class))
        .extracting(Event.TestRead::reason)
        .contains("the choice of sgd", "the choice of sgd, after epoch 1");
    for (int arm = 0; arm < 2; arm++) {
      assertThat(result.arms().get(arm).best().orElseThrow().trials())
          .extracting(StudyResult.TrialResult::hash)
          .isEqualTo(
              uninterrupted.arms().get(arm).best().orElseThrow().trials().stream()
                  .map(StudyResult.TrialResult::hash)
                  .toList());
    }
  }

  /** Whose numbers are kept, of that are the figures: the best epoch's, where a training stops. */
  @Test
  void aTrainingThatEndsEarlyCountsAsWhatItKeeps() {
    String yaml =
        TinyStudies.YAML
            .replace("epochs: 2", "epochs: 9\n  early-stop: 1")
            .replace("[0.05, 0.2]", "[0.05, 1.5]");
    Path folder = box.resolve("early");
    Study study = TinyStudies.study(folder, yaml);
    StudyResult result = TinyStudies.run(study, TinyStudies.options(2), StudyListener.SILENT);
    assertThat(result.complete()).isTrue();
    int early = 0;
    for (StudyResult.Arm arm : result.arms()) {
      for (StudyResult.PointResult point : arm.points()) {
        for (StudyResult.TrialResult trial : point.trials()) {
          double least =
              study.curves(trial.id()).epochs().stream()
                  .mapToDouble(row -> row.validationLoss().orElseThrow())
                  .min()
                  .orElseThrow();
          assertThat(trial.end().orElseThrow().validationLoss()).isEqualTo(least);
          early += trial.epochs() < 9 ? 1 : 0;
        }
      }
    }
    assertThat(early).isPositive();
  }

  @Test
  void aSecondWriterIsRefusedInOneLine() {
    Study study = TinyStudies.study(box.resolve("held"), TinyStudies.YAML);
    try (StudyRun first = StudyRun.begin(study, TinyStudies.options(1), StudyListener.SILENT)) {
      assertThat(first.jobs()).isEqualTo(1);
      assertThatThrownBy(() -> StudyRun.begin(study, TinyStudies.options(1), StudyListener.SILENT))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "Another process works on the study %s: wait for its end, or choose another folder"
                  .formatted(box.resolve("held")));
    }
  }

  @Test
  void aReaderInTheMiddleChangesNothing() throws IOException {
    Path folder = box.resolve("read");
    List<Integer> seen = new ArrayList<>();
    StudyListener reader =
        new StudyListener() {
          @Override
          public void happened(Event event) {
            StudyResult now = Study.open(folder, TinyStudies.TRAININGS).results();
            seen.add(
                now.arms().stream()
                    .flatMap(arm -> arm.points().stream())
                    .mapToInt(p -> p.trials().size())
                    .sum());
          }
        };
    TinyStudies.run(TinyStudies.study(folder, TinyStudies.YAML), TinyStudies.options(2), reader);
    assertThat(seen).isSorted().contains(1, 8);
    assertThat(results(folder)).isEqualTo(results(whole));
  }

  @Test
  void aTornLastLineIsHarmless() throws IOException {
    Path copy = Folders.copy(whole, box.resolve("copy"));
    Files.writeString(copy.resolve(Journal.NAME), "{\"at\":\"2026-", StandardOpenOption.APPEND);
    assertThat(Study.open(copy, TinyStudies.TRAININGS).results()).isEqualTo(uninterrupted);
    TinyStudies.run(copy, TinyStudies.YAML, 1);
    assertThat(results(copy)).isEqualTo(results(whole));
    assertThat(Files.readString(copy.resolve(Journal.NAME))).doesNotContain("{\"at\":\"2026-{");
  }

  @Test
  void aStudyOfWhichTheTimeIsOverIsValidAndGoesOn() throws IOException {
    Path folder = box.resolve("timed");
    StudyRun.Options little =
        new StudyRun.Options(1, 1, Long.MAX_VALUE, Optional.of(Duration.ofMillis(50)), false);
    StudyResult part =
        TinyStudies.run(TinyStudies.study(folder, TinyStudies.YAML), little, StudyListener.SILENT);
    assertThat(part.complete()).isFalse();
    assertThat(part.missing()).first().asString().contains("still to be trained");
    assertThat(part.testReads()).isZero();
    assertThat(Study.open(folder, TinyStudies.TRAININGS).results()).isEqualTo(part);
    TinyStudies.run(folder, TinyStudies.YAML, 2);
    assertThat(results(folder)).isEqualTo(results(whole));
  }

  @Test
  void aFolderOfSomethingElseAndTooLittleMemoryAreRefused() throws IOException {
    Path other = Files.createDirectories(box.resolve("other"));
    Files.writeString(other.resolve("notes.txt"), "mine");
    Study study = TinyStudies.study(other, TinyStudies.YAML);
    assertThatThrownBy(() -> StudyRun.begin(study, TinyStudies.options(1), StudyListener.SILENT))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The folder %s exists already, and is no study: choose a name that is free for the study"
                .formatted(other));
    assertThatThrownBy(() ->
            StudyRun.begin(
                TinyStudies.study(box.resolve("x"), TinyStudies.YAML),
                new StudyRun.Options(1, 1, 1 << 20, Optional.empty(), false),
                StudyListener.SILENT))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("MB of memory at least");
    assertThat(box.resolve("x")).doesNotExist();
  }

  @Test
  void aWrongSettingIsRefusedBeforeAnythingIsTrained() {
    assertThatThrownBy(() ->
            TinyStudies.study(
                box.resolve("x"), TinyStudies.YAML.replace("[0.05, 0.2]", "[0.05, -1]")))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("The point {optimizer=sgd, lr=-1}: The learning rate expects");
    assertThatThrownBy(
            () -> TinyStudies.study(box.resolve("x"), TinyStudies.YAML.replace("0.25", "0")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("a study chooses by validation data, but none are held out");
    assertThat(box.resolve("x")).doesNotExist();
  }
}
