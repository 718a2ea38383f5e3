package dev.vitrine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.augment.Augmentation;
import dev.vitrine.data.DataSplits;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.image.Raster;
import dev.vitrine.metrics.ConfusionMatrix;
import dev.vitrine.nn.Model;
import dev.vitrine.optim.Adam;
import dev.vitrine.optim.Schedule;
import dev.vitrine.optim.Sgd;
import dev.vitrine.plan.Compute;
import dev.vitrine.train.Course;
import dev.vitrine.train.DivergedException;
import dev.vitrine.train.EarlyStop;
import dev.vitrine.train.EpochSummary;
import dev.vitrine.train.Recipe;
import dev.vitrine.train.StepSummary;
import dev.vitrine.train.TrainingControl;
import dev.vitrine.train.TrainingListener;
import dev.vitrine.train.TrainingState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunTest {
  private static final Duration NEVER = Duration.ofDays(1);

  @TempDir private static Path shared;
  private static RunFolder whole;

  @TempDir private Path box;

  @BeforeAll
  static void uninterrupted() {
    whole = start(shared.resolve("whole"), 2, Long.MAX_VALUE);
  }

  private static boolean train(Run run, TrainingListener listener, Duration saveEvery) {
    return run.train(listener, new TrainingControl(), saveEvery);
  }

  private static DataSplits data() {
    return RunImages.prepare(TinyRuns.config(0.05), TinyRuns.splits());
  }

  private static RunFolder start(Path path, int threads, long steps) {
    try (Compute compute = Compute.of(threads)) {
      Run run = Run.start(path, TinyRuns.config(0.05), data(), compute);
      if (TinyRuns.train(run, steps)) {
        run.finish(Duration.ZERO);
      }
    }
    return RunFolder.open(path);
  }

  private static void resume(RunFolder folder, int threads) {
    try (Compute compute = Compute.of(threads)) {
      Run run = Run.resume(folder, data(), compute);
      assertThat(train(run, TrainingListener.SILENT, NEVER)).isTrue();
      run.finish(Duration.ZERO);
    }
  }

  /** All of the metrics but what the clock says. */
  private static List<Map<String, Object>> metrics(RunFolder folder) {
    return folder.metrics().stream().map(RunTest::timeless).toList();
  }

  private static Map<String, Object> timeless(JsonObject line) {
    Map<String, Object> fields = new LinkedHashMap<>(line.fields());
    fields.keySet().removeAll(List.of("seconds", "images_per_second", "report"));
    return fields;
  }

  private static void assertSameAsWhole(RunFolder got) throws IOException {
    assertThat(metrics(got)).isEqualTo(metrics(whole)).hasSize(3 + 3);
    assertThat(got.metrics().stream().filter(line -> line.has("epoch")))
        .allSatisfy(line -> assertThat(line.number("images_per_second")).isPositive());
    assertThat(Files.readAllBytes(got.checkpoint()))
        .isEqualTo(Files.readAllBytes(whole.checkpoint()));
    JsonObject result = Json.read(got.path().resolve("result.json"));
    assertThat(result.object("test"))
        .usingRecursiveComparison()
        .ignoringFields("source")
        .isEqualTo(Json.read(whole.path().resolve("result.json")).object("test"));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 7, 20, 24, 33, 48, 71})
  void interruptedAndResumedItEndsInTheSameBytes(long steps) throws IOException {
    RunFolder broken = start(box.resolve("broken"), 1, steps);
    assertThat(broken.path().resolve("result.json")).doesNotExist();
    resume(broken, 3);
    assertSameAsWhole(broken);
  }

  @Test
  void interruptedAgainAndAgainItEndsInTheSameBytes() throws IOException {
    RunFolder broken = start(box.resolve("broken"), 1, 3);
    for (long steps = 12; steps < 70; steps += 9) {
      try (Compute compute = Compute.of(1)) {
        assertThat(TinyRuns.train(Run.resume(broken, data(), compute), steps)).isFalse();
      }
    }
    resume(broken, 1);
    assertSameAsWhole(broken);
  }

  @Test
  void metricsNewerThanTheCheckpointAreForgotten() throws IOException {
    RunFolder killed = start(box.resolve("killed"), 1, 43);
    byte[] older = Files.readAllBytes(start(box.resolve("older"), 1, 22).checkpoint());
    Files.write(killed.checkpoint(), older);
    resume(killed, 1);
    assertSameAsWhole(killed);
  }

  @Test
  void aCheckpointAfterEveryStepIsNeverOneWithoutItsEpochsLine() throws IOException {
    Path path = box.resolve("run");
    RunFolder folder = new RunFolder(path);
    RunConfig config = TinyRuns.config(0.05);
    Course course = new Course(24, 72);
    List<Long> saved = new ArrayList<>();
    TrainingListener reader =
        new TrainingListener() {
          @Override
          public void step(StepSummary summary) {
            read();
          }

          @Override
          public void epoch(EpochSummary summary) {
            read();
          }

          private void read() {
            TrainingState state =
                Checkpoint.read(folder.checkpoint(), config.newModel(), List.of("momentum"));
            long step = state.progress().step();
            saved.add(step);
            long done = course.epochsDone(step);
            assertThat(folder.metrics().stream().filter(line -> line.has("epoch")).count())
                .isBetween(done, done + 1); // a line comes just before its checkpoint
          }
        };
    try (Compute compute = Compute.of(1)) {
      train(Run.start(path, config, data(), compute), reader, Duration.ZERO);
    }
    assertThat(saved).startsWith(0L, 1L, 2L).contains(24L).endsWith(70L, 71L, 71L);
  }

  /** Two memories, and a rule that depends on the step; whole batches, and local steps. */
  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void adamGoesOnToTheSameBytes(int local) throws IOException {
    RunConfig whole = TinyRuns.config(new Adam(0.01, 0.8, 0.95, 1e-7, 0.001));
    Recipe recipe = whole.recipe();
    RunConfig config =
        local == 0
            ? whole
            : new RunConfig(
                whole.command(), whole.network(), whole.data(), recipe.shards(2).localSteps(local));
    try (Compute compute = Compute.of(1)) {
      Run once = Run.start(box.resolve("once"), config, data(), compute);
      assertThat(TinyRuns.train(once, Long.MAX_VALUE)).isTrue();
      Run first = Run.start(box.resolve("broken"), config, data(), compute);
      assertThat(TinyRuns.train(first, 29)).isFalse();
      RunFolder broken = RunFolder.open(box.resolve("broken"));
      assertThat(broken.config().recipe()).isEqualTo(config.recipe());
      assertThat(TinyRuns.train(Run.resume(broken, data(), compute), Long.MAX_VALUE)).isTrue();
      assertThat(Files.readAllBytes(broken.checkpoint()))
          .isEqualTo(Files.readAllBytes(RunFolder.open(box.resolve("once")).checkpoint()));
    }
  }

  /** Its rate and its end depend on validation, and its last checkpoint holds the best numbers. */
  @ParameterizedTest
  @ValueSource(longs = {1, 24, 30, 48, 71, 72, 100})
  void aTrainingThatStopsEarlyGoesOnToTheSameBytes(long steps) throws IOException {
    RunConfig plain = TinyRuns.config(0.05);
    Recipe recipe =
        plain
            .recipe()
            .epochs(30)
            .schedule(new Schedule.Plateau(0.5, 1))
            .earlyStop(EarlyStop.of(2))
            .augmentation(Augmentation.NONE.crop(1).noise(0.05));
    RunConfig config = new RunConfig(plain.command(), plain.network(), plain.data(), recipe);
    try (Compute compute = Compute.of(1)) {
      Run once = Run.start(box.resolve("once"), config, data(), compute);
      assertThat(TinyRuns.train(once, Long.MAX_VALUE)).isTrue();
      assertThat(once.ending().orElseThrow())
          .matches("Stopped early after epoch \\d+ of 30: .*best after epoch \\d+, .*");
      Run first = Run.start(box.resolve("broken"), config, data(), compute);
      boolean end = TinyRuns.train(first, steps);
      RunFolder broken = RunFolder.open(box.resolve("broken"));
      assertThat(broken.status().state())
          .isEqualTo(end ? TrainingStatus.State.FINISHED : TrainingStatus.State.STOPPED);
      Run second = Run.resume(broken, data(), compute);
      assertThat(TinyRuns.train(second, Long.MAX_VALUE)).isTrue();
      assertThat(second.ending()).isEqualTo(once.ending());
      assertThat(Files.readAllBytes(broken.checkpoint()))
          .isEqualTo(Files.readAllBytes(RunFolder.open(box.resolve("once")).checkpoint()));
      assertThat(broken.status().state()).isEqualTo(TrainingStatus.State.FINISHED);
    }
  }

  private static boolean train(Run run, Saving saving, long steps) {
    TrainingControl control = new TrainingControl();
    TrainingListener stopper =
        new TrainingListener() {
          @Override
          public void step(StepSummary summary) {
            if (summary.step() >= steps) {
              control.stop();
            }
          }
        };
    return run.train(stopper, control, saving);
  }

  @Test
  void numbersOfEpochsAreKept() {
    Saving all = Saving.every(NEVER).epochs("all");
    Map<Integer, String> hashes = new LinkedHashMap<>();
    try (Compute compute = Compute.of(1)) {
      train(Run.start(box.resolve("broken"), TinyRuns.config(0.05), data(), compute), all, 30);
      RunFolder folder = RunFolder.open(box.resolve("broken"));
      assertThat(folder.epochCheckpoints().keySet()).containsExactly(1);
      train(Run.resume(folder, data(), compute), all, Long.MAX_VALUE);
      folder
          .epochCheckpoints()
          .forEach((epoch, file) -> {
            Model model = TinyRuns.config(0.05).newModel();
            Checkpoint.readParameters(file, model);
            hashes.put(epoch, model.parameters().hash());
            assertThat(TrainingStatus.of(file).step()).hasValue(24L * epoch);
          });
      assertThat(folder.epochCheckpoints().get(2)).hasFileName("epoch-0002.safetensors");
    }
    assertThat(hashes.keySet()).containsExactly(1, 2, 3);
    assertThat(hashes.values()).doesNotHaveDuplicates();
    Model end = TinyRuns.config(0.05).newModel();
    Checkpoint.readParameters(whole.checkpoint(), end);
    assertThat(hashes).containsEntry(3, end.parameters().hash());
  }

  @Test
  void ofTheNewestEpochsAlone() {
    try (Compute compute = Compute.of(1)) {
      Run run = Run.start(box.resolve("run"), TinyRuns.config(0.05), data(), compute);
      train(run, Saving.every(NEVER).epochs(2), Long.MAX_VALUE);
    }
    RunFolder folder = RunFolder.open(box.resolve("run"));
    assertThat(folder.epochCheckpoints().keySet()).containsExactly(2, 3);
    assertThat(whole.epochCheckpoints()).isEmpty();
  }

  /**
   * Early stopping keeps the best numbers in the newest checkpoint, and each epoch's in its own.
   */
  @Test
  void theLastEpochsAreItsOwnAlsoWhereTheBestAreTheNetworks() throws IOException {
    RunConfig plain = TinyRuns.config(0.05);
    Recipe recipe = plain.recipe().epochs(9).earlyStop(EarlyStop.of(1));
    RunConfig config = new RunConfig(plain.command(), plain.network(), plain.data(), recipe);
    try (Compute compute = Compute.of(1)) {
      Run run = Run.start(box.resolve("run"), config, data(), compute);
      train(run, Saving.every(NEVER).epochs("all"), Long.MAX_VALUE);
    }
    RunFolder folder = RunFolder.open(box.resolve("run"));
    int last = folder.epochCheckpoints().lastKey();
    Model newest = config.newModel();
    Checkpoint.readParameters(folder.checkpoint(), newest);
    Model own = config.newModel();
    Checkpoint.readParameters(folder.epochCheckpoints().get(last), own);
    Model before = config.newModel();
    Checkpoint.readParameters(folder.epochCheckpoints().get(last - 1), before);
    assertThat(newest.parameters().hash())
        .isEqualTo(before.parameters().hash())
        .isNotEqualTo(own.parameters().hash());
  }

  @Test
  void metricsAreThereAsTheyCome() {
    List<Integer> seen = new ArrayList<>();
    try (Compute compute = Compute.of(1)) {
      Run run = Run.start(box.resolve("run"), TinyRuns.config(0.05), data(), compute);
      RunFolder folder = new RunFolder(run.begin());
      TrainingListener reader =
          new TrainingListener() {
            @Override
            public void step(StepSummary summary) {
              seen.add(folder.metrics().size());
            }
          };
      train(run, reader, NEVER);
    }
    // A line for each twenty steps, and one for the epoch of 24.
    assertThat(seen.get(18)).isZero();
    assertThat(seen.get(19)).isEqualTo(1);
    assertThat(seen.get(24)).isEqualTo(2);
    assertThat(seen.get(39)).isEqualTo(3);
  }

  /** A process that is killed leaves lines that come again, and perhaps a part of one. */
  @Test
  void aTornLineIsForgotten() throws IOException {
    RunFolder killed = start(box.resolve("killed"), 1, 43);
    Files.writeString(
        killed.metricsFile(),
        "{\"step\": 60, \"loss\": 1}\n{\"step\": 80, \"lo",
        StandardOpenOption.APPEND);
    resume(killed, 1);
    assertSameAsWhole(killed);
  }

  @Test
  void eventsForTensorBoardGoOn() throws IOException {
    Saving saving = Saving.every(NEVER).tensorboard(true);
    try (Compute compute = Compute.of(1)) {
      Run first = Run.start(box.resolve("run"), TinyRuns.config(0.05), data(), compute);
      train(first, saving, 30);
      RunFolder folder = RunFolder.open(box.resolve("run"));
      Run second = Run.resume(folder, data(), compute);
      assertThat(train(second, saving, Long.MAX_VALUE)).isTrue();
      second.finish(Duration.ZERO);
      assertThat(Files.readAllBytes(folder.checkpoint()))
          .isEqualTo(Files.readAllBytes(whole.checkpoint()));
      List<String> texts = new ArrayList<>();
      try (Stream<Path> files = Files.list(folder.tensorboard())) {
        for (Path file : files.sorted().toList()) {
          texts.add(Files.readString(file, StandardCharsets.ISO_8859_1));
        }
      }
      assertThat(texts).hasSize(3);
      assertThat(texts.getFirst())
          .contains("images/training", "loss/steps", "weights/conv1.weight", "learning_rate")
          .contains("gradients/linear1.bias", "confusion/validation", "accuracy/train");
      assertThat(texts.get(1)).contains("loss/validation").doesNotContain("images/training");
      assertThat(texts.get(2)).contains("confusion/test", "loss/test", "accuracy/test");
    }
  }

  @Test
  void theShadesOfAConfusion() {
    Raster picture = RunEvents.picture(ConfusionMatrix.of(new long[][] {{3, 1}, {0, 0}}));
    assertThat(List.of(picture.width(), picture.height())).containsExactly(48, 48);
    assertThat(List.of(picture.get(0, 0, 0), picture.get(24, 0, 0), picture.get(0, 24, 0)))
        .containsExactly(64, 191, 255);
  }

  @Test
  void whatIsKeptIsANumberOrAll() {
    Saving saving = Saving.every(NEVER);
    assertThat(saving.epochs("all").epochs()).isEqualTo(Saving.ALL);
    assertThat(saving.epochs("12").epochs()).isEqualTo(12);
    assertThatThrownBy(() -> saving.epochs("0"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The number of kept checkpoints expects a number of epochs from 1, or all, but got \"0\"");
  }

  @Test
  void aModelsNumbersAloneAreWrittenAndReadAgain() {
    Model model = TinyRuns.config(0.05).newModel();
    Path file = box.resolve("model.safetensors");
    Checkpoint.writeParameters(file, model);
    Model opened = Model.of(model.network(), model.input());
    Checkpoint.readParameters(file, opened);
    assertThat(opened.parameters().hash()).isEqualTo(model.parameters().hash());
  }

  @Test
  void otherDataAreNoticed() {
    RunFolder folder = start(box.resolve("run"), 1, 71);
    DataSplits fewer = DataSplits.of(TinyRuns.images(50, 1), TinyRuns.images(40, 2));
    try (Compute compute = Compute.of(1)) {
      assertThatThrownBy(() -> Run.resume(folder, fewer, compute))
          .isInstanceOf(UserException.class)
          .hasMessage(
              folder.checkpoint()
                  + ": the training began with 72 steps, 24 to an epoch, but by its config.json and"
                  + " data it has 30, 10 to an epoch; put the images, validation, batch size, epochs"
                  + " or steps back that were changed, or start a new run");
    }
  }

  @Test
  void aFolderThatCannotBeMadeLeavesNothing() throws IOException {
    Path path = box.resolve("new").resolve("x".repeat(250));
    try (Compute compute = Compute.of(1)) {
      Run run = Run.start(path, TinyRuns.config(0.05), data(), compute);
      assertThatThrownBy(() -> train(run, TrainingListener.SILENT, NEVER))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("Cannot write " + Quote.place(path + ":") + " ");
    }
    try (Stream<Path> left = Files.list(box)) {
      assertThat(left).isEmpty();
    }
  }

  /** The smaller rate spoils a loss, the larger one the parameters at once. */
  @ParameterizedTest
  @CsvSource({
    "1e18, 0.0005, 'Training diverged at step \\d+: the loss .* than 1e18'",
    "1e38, 1e4, 'Training diverged at step 1: its update made conv1\\.weight infinite or NaN\\. Try a"
        + " smaller learning rate than 1e38'",
  })
  void aDivergedTrainingKeepsItsLastGoodCheckpoint(double rate, double decay, String sentence) {
    Path path = box.resolve("run");
    RunConfig config = TinyRuns.config(Sgd.of(rate).momentum(0.9).weightDecay(decay));
    try (Compute compute = Compute.of(1)) {
      Run run = Run.start(path, config, data(), compute);
      assertThatThrownBy(() -> train(run, TrainingListener.SILENT, Duration.ZERO))
          .isInstanceOf(DivergedException.class)
          .hasMessageMatching(sentence);
    }
    TrainingState state =
        Checkpoint.read(RunFolder.open(path).checkpoint(), config.newModel(), List.of("momentum"));
    for (float value : state.parameters().values()) {
      assertThat(value).isFinite();
    }
  }
}
