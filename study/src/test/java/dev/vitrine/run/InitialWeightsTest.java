package dev.vitrine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.data.DataSplits;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.Json;
import dev.vitrine.format.Npz;
import dev.vitrine.format.Pth;
import dev.vitrine.format.TensorData;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Model;
import dev.vitrine.plan.Compute;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.tensor.Shape;
import dev.vitrine.transfer.Conventions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings that begin with learned numbers. */
class InitialWeightsTest {
  @TempDir private static Path shared;
  private static RunFolder teacher;
  private static String learned;

  @TempDir private Path box;

  @BeforeAll
  static void trainATeacher() {
    try (Compute compute = Compute.of(1)) {
      Run run = Run.start(shared.resolve("teacher"), TinyRuns.config(0.05), data(), compute);
      TinyRuns.train(run, 30);
    }
    teacher = RunFolder.open(shared.resolve("teacher"));
    Model model = TrainedNetwork.open(teacher.path(), Optional.empty()).model();
    learned = model.parameters().hash();
    assertThat(learned).isNotEqualTo(TinyRuns.config(0.05).newModel().parameters().hash());
  }

  private static DataSplits data() {
    return RunImages.prepare(TinyRuns.config(0.05), TinyRuns.splits());
  }

  private static RunConfig from(InitialWeights weights) {
    RunConfig tiny = TinyRuns.config(0.05);
    RunNetwork network = tiny.network().initFrom(weights);
    return new RunConfig(tiny.command(), network, tiny.data(), tiny.recipe());
  }

  private static RunConfig from(Path file) {
    return from(InitialWeights.of(file));
  }

  /** A run that is trained until so many steps are done. */
  private RunFolder train(String name, RunConfig config, int threads, long steps) {
    try (Compute compute = Compute.of(threads)) {
      Run run = Run.start(box.resolve(name), config, data(), compute);
      if (TinyRuns.train(run, steps)) {
        run.finish(Duration.ZERO);
      }
    }
    return RunFolder.open(box.resolve(name));
  }

  private static String hash(RunFolder folder) {
    return TrainedNetwork.open(folder.path(), Optional.empty()).model().parameters().hash();
  }

  private void assertBegins(RunConfig config, String expected) {
    RunFolder folder = train("run", config, 1, 0);
    assertThat(hash(folder)).isEqualTo(expected);
    assertThat(folder.config().network().initFrom().orElseThrow().parametersHash())
        .contains(expected);
  }

  @Test
  void aRunBeginsWithTheNumbersOfARun() {
    assertBegins(from(teacher.path()), learned);
  }

  @Test
  void aRunBeginsWithTheNumbersOfACheckpoint() throws IOException {
    Path alone = Files.copy(teacher.checkpoint(), box.resolve("alone"));
    assertBegins(from(alone), learned);
  }

  /** Matrices as (in, out), as Keras has them, whose flattened images are H W C. */
  @Test
  void aRunBeginsWithTheNumbersOfAStrangersArchive() {
    Model model = drawn();
    List<TensorData> tensors = new ArrayList<>();
    tensors.add(tensor(model, "conv1.weight", "body/conv/kernel"));
    tensors.add(tensor(model, "conv1.bias", "body/conv/bias"));
    tensors.add(
        TensorData.floats(
            "body/dense/kernel",
            Shape.of(36, 10),
            transposed(model.parameters().get("linear1.weight"), 10, 36)));
    tensors.add(tensor(model, "linear1.bias", "body/dense/bias"));
    Path file = box.resolve("stranger.npz");
    Npz.write(file, tensors);
    InitialWeights weights =
        InitialWeights.of(file, Optional.empty(), Conventions.of(List.of("chw")));
    assertBegins(from(weights), model.parameters().hash());
  }

  @Test
  void aRunBeginsWithTheNumbersOfAStateDictionary() {
    Model model = drawn();
    Path file = pth("stranger.pth", model);
    assertBegins(from(file), model.parameters().hash());
  }

  @Test
  void theNumberOfThreadsChangesNothing() throws IOException {
    RunFolder one = train("one", from(teacher.path()), 1, Long.MAX_VALUE);
    RunFolder three = train("three", from(teacher.path()), 3, Long.MAX_VALUE);
    assertThat(Files.readAllBytes(three.checkpoint()))
        .isEqualTo(Files.readAllBytes(one.checkpoint()));
  }

  /** What goes on reads its own checkpoint, and needs the file no more. */
  @ParameterizedTest
  @ValueSource(longs = {0, 29})
  void interruptedAndResumedItEndsInTheSameBytes(long steps) throws IOException {
    Path file = pth("stranger.pth", drawn());
    RunFolder whole = train("whole", from(file), 1, Long.MAX_VALUE);
    RunFolder broken = train("broken", from(file), 1, steps);
    Files.delete(file);
    try (Compute compute = Compute.of(3)) {
      assertThat(TinyRuns.train(Run.resume(broken, data(), compute), Long.MAX_VALUE)).isTrue();
    }
    assertThat(Files.readAllBytes(broken.checkpoint()))
        .isEqualTo(Files.readAllBytes(whole.checkpoint()));
  }

  @Test
  void theConfigurationAndThePageSayWhatItBeganWith() throws IOException {
    RunFolder folder = train("run", from(teacher.path()), 1, Long.MAX_VALUE);
    String place = teacher.path().toAbsolutePath().toString();
    assertThat(Json.line(Json.read(folder.path().resolve("config.json")).object("network")))
        .endsWith(
            "\"init_from\":{\"file\":%s,\"key\":null,\"layout\":[],\"classes\":[],\"parameters_hash\":\"%s\"}}"
                .formatted(Json.line(place), learned));
    assertThat(TinyRuns.noted(folder.checkpoint()).network().initFrom().orElseThrow().file())
        .isEqualTo("teacher");
    assertThat(Files.readString(folder.report()))
        .contains("began with", place + ", parameters " + learned);
  }

  /** A configuration that was read begins again with the same numbers, or says why not. */
  @Test
  void aFileThatWasChangedIsRefused() {
    Path file = pth("stranger.pth", drawn());
    RunConfig again = train("run", from(file), 1, 0).config();
    assertThat(again.newModel().parameters().hash()).isEqualTo(drawn().parameters().hash());
    Model other = drawn();
    other.parameters().set("conv1.bias", new float[4]);
    pth("stranger.pth", other);
    assertRefused(
        again,
        "%s: the training began with parameters of the hash %s, but it gives %s: it was changed since"
            .formatted(
                file, Quote.of(drawn().parameters().hash()), Quote.of(other.parameters().hash())));
  }

  @Test
  void whatIsNotThereIsRefused() {
    Path file = box.resolve("none");
    assertRefused(
        from(file),
        "There is no run or file of weights %s: expected what a training made, such as runs/lenet-digits-1, or a file of weights"
            .formatted(file));
  }

  @Test
  void anotherNetworksNumbersAreRefused() {
    Model model = drawn();
    Path file = box.resolve("part.pth");
    Pth.write(file, List.of(tensor(model, "conv1.weight", "w"), tensor(model, "conv1.bias", "b")));
    assertRefused(
        from(file),
        "%s: no tensor of it fits the network's \"linear1.weight\" of (10, 36), by name or shape"
            .formatted(file));
  }

  @Test
  void numbersThatAreNoneAreRefused() {
    Model model = drawn();
    model.parameters().set("linear1.bias", new float[] {0, 0, 0, 0, 0, Float.NaN, 0, 0, 0, 0});
    Path file = pth("nan.pth", model);
    assertRefused(
        from(file),
        "%s: tensor \"net.linear1.bias\" has 1 number that is NaN, with which no training can begin"
            .formatted(file));
  }

  @Test
  void howTheNumbersOfACheckpointLieIsKnown() {
    InitialWeights said =
        InitialWeights.of(teacher.path(), Optional.empty(), Conventions.of(List.of("flip")));
    assertThatThrownBy(said::requireReadable)
        .isInstanceOf(UserException.class)
        .hasMessage(
            "How the numbers of %s lie is known: leave the place in it, the layout and the file's classes out"
                .formatted(teacher.path()));
  }

  private static void assertRefused(RunConfig config, String sentence) {
    try (Compute compute = Compute.of(1)) {
      Path path = shared.resolve("refused");
      assertThatThrownBy(() -> Run.start(path, config, data(), compute))
          .isInstanceOf(UserException.class)
          .hasMessage(sentence);
      assertThat(path).doesNotExist();
    }
  }

  private static Model drawn() {
    RunNetwork network = TinyRuns.config(0.05).network();
    return Model.of(
        network.spec().layers(),
        network.spec().input(),
        Initializer.uniform(0.5),
        Initializer.uniform(0.5),
        Seed.of(3));
  }

  private Path pth(String name, Model model) {
    Parameters all = model.parameters();
    Path file = box.resolve(name);
    Pth.write(
        file,
        all.layout().entries().stream()
            .map(entry -> tensor(model, entry.name(), "net." + entry.name()))
            .toList());
    return file;
  }

  private static TensorData tensor(Model model, String parameter, String name) {
    Parameters all = model.parameters();
    Shape shape = all.layout().find(parameter).orElseThrow().shape();
    return TensorData.floats(name, shape, all.get(parameter));
  }

  private static float[] transposed(float[] matrix, int rows, int columns) {
    float[] turned = new float[matrix.length];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        turned[c * rows + r] = matrix[r * columns + c];
      }
    }
    return turned;
  }
}
