package dev.vitrine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.data.DataSplits;
import dev.vitrine.data.Origin;
import dev.vitrine.error.UserException;
import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.plan.Compute;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A {@code config.json} that somebody changes by hand when its training is at its end. */
class ConfigChangeTest {
  /** A command, and where the data are: what may be another when a run goes on. */
  private static final List<String> FREE = List.of("command", "data/name", "data/folder");

  @TempDir private Path box;
  private RunFolder folder;
  private DataSplits data;

  @BeforeEach
  void train() {
    RunConfig tiny = TinyRuns.config(0.05);
    Origin origin = new Origin(Map.of("a", "1", "b", "2"), List.of());
    DataSplits all =
        DataSplits.of(
            TinyRuns.images(130, 1).origin(origin), TinyRuns.images(40, 2).origin(origin));
    data = RunImages.prepare(tiny, all);
    RunConfig config =
        new RunConfig("as typed", tiny.network(), tiny.data(), tiny.recipe().maxSteps(2))
            .fitted(data);
    try (Compute compute = Compute.of(1)) {
      Run run = Run.start(box.resolve("run"), config, data, compute);
      TinyRuns.train(run, Long.MAX_VALUE);
      run.finish(Duration.ZERO);
    }
    folder = RunFolder.open(box.resolve("run"));
  }

  private Path file() {
    return folder.path().resolve("config.json");
  }

  /** The sentence that tells what was changed. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "recipe/seed|8|recipe.seed is 8, but was 7",
        "recipe/batch_size|6|recipe.batch_size is 6, but was 5",
        "recipe/epochs|9|recipe.epochs is 9, but was 3",
        "recipe/max_steps|3|recipe.max_steps is 3, but was 2",
        "recipe/max_steps|null|recipe.max_steps is nothing, but was 2",
        "recipe/schedule|\"constant\"|recipe.schedule is \"constant\", but was \"exponential:0.99\"",
        "recipe/optimizer|{\"name\": \"sgd\", \"learning_rate\": 0.05, \"momentum\": 0, \"nesterov\": false, \"weight_decay\": 5e-4}"
            + "|recipe.optimizer.momentum is 0.0, but was 0.9",
        "recipe/normalisation/divisor|1|recipe.normalisation.divisor is 1.0, but was 255.0",
        "recipe/rates|{\"conv1.weight\": 0}|recipe.rates.\"conv1.weight\" is 0.0, but was nothing",
        "data/use/validation|0.2|data.use.validation is 0.2, but was 0.1",
        "data/found/checksums|{}|data.found.checksums.a is nothing, but was \"1\"",
        "data/found/checksums|{\"a\": \"1\"}|data.found.checksums.b is nothing, but was \"2\"",
        "network/init|\"normal:0.5\"|network.init is \"normal:0.5\", but was \"kaiming-normal\"",
      })
  void whatWasChangedIsNamed(String path, String json, String change) {
    edit(List.of(path.split("/")), Json.parse("{\"v\": %s}".formatted(json), "").fields().get("v"));
    assertRefused(change);
  }

  @Test
  void aChangeWithinAListIsNamed() {
    JsonObject network = Json.read(file()).object("network").object("file");
    List<Object> layers = new ArrayList<>(network.list("layers"));
    layers.set(4, Map.of("dropout", 0.25));
    edit(List.of("network", "file", "layers"), layers);
    assertRefused("network.file.layers[4].dropout is 0.25, but was 0.2");
  }

  private void assertRefused(String change) {
    String sentence =
        "%s was changed after the training began: %s; put it back, or start a new run"
            .formatted(file(), change);
    assertThatThrownBy(this::resume).isInstanceOf(UserException.class).hasMessage(sentence);
    assertThatThrownBy(() -> TrainedNetwork.open(folder.path(), Optional.empty()))
        .hasMessage(sentence);
  }

  /** Whatever it is changed to. */
  @Test
  void everyFieldIsWatched() {
    JsonObject whole = Json.read(file());
    List<List<String>> leaves = new ArrayList<>();
    leaves(whole, List.of(), leaves);
    assertThat(leaves).hasSizeGreaterThan(30);
    for (List<String> leaf : leaves) {
      Object old = at(whole, leaf);
      for (Object other : others(old)) {
        edit(leaf, other);
        if (FREE.contains(String.join("/", leaf))) {
          resume();
        } else {
          assertThatThrownBy(this::resume)
              .as("%s %s", leaf, other)
              .isInstanceOf(UserException.class)
              .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
        }
        Json.write(file(), whole.fields());
      }
    }
    resume();
  }

  @Test
  void aNumberWrittenInAnotherWayIsTheSame() {
    edit(List.of("recipe", "bias_rate"), 2L);
    resume();
  }

  @Test
  void anotherNumberOfShardsIsAnotherTraining() {
    edit(List.of("recipe", "shards"), 4L);
    assertThatThrownBy(this::resume)
        .isInstanceOf(UserException.class)
        .hasMessage(
            file()
                + " was changed after the training began: recipe.shards is 4, but was nothing; put it"
                + " back, or start a new run");
  }

  /** As earlier versions left checkpoints, which tell nothing. */
  @Test
  void withoutANoteItIsTakenAsItIs() {
    TinyRuns.forgetConfig(folder.checkpoint());
    edit(List.of("recipe", "bias_rate"), 3L);
    resume();
    edit(List.of("recipe", "bias_rate"), 4L);
    assertThatThrownBy(this::resume)
        .hasMessageContaining("recipe.bias_rate is 4.0, but was 3.0; put it back");
  }

  /** Of those it is known how long the training was to be, and what its optimiser keeps. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max_steps|1|: the training began with 2 steps, 24 to an epoch, but by its config.json and data it has 1, 24 to an epoch",
        "max_steps|9|: the training began with 2 steps, 24 to an epoch, but by its config.json and data it has 9, 24 to an epoch",
        "batch_size|6|: the training began with 2 steps, 24 to an epoch, but by its config.json and data it has 2, 20 to an epoch",
        "optimizer|{\"name\": \"adam\", \"learning_rate\": 0.1, \"beta1\": 0, \"beta2\": 0, \"epsilon\": 1, \"weight_decay\": 0}"
            + "|: the optimiser keeps [\"mean\", \"square\"], but the file has [\"momentum\"]: it was trained with another optimiser",
        "optimizer|{\"name\": \"sgd\", \"learning_rate\": 0.1, \"momentum\": 0, \"nesterov\": false, \"weight_decay\": 0}"
            + "|: the optimiser keeps nothing, but the file has [\"momentum\"]: it was trained with another optimiser",
      })
  void withoutANoteItIsNotBlamedOnSomethingElse(String key, String json, String sentence) {
    TinyRuns.forgetConfig(folder.checkpoint());
    edit(List.of("recipe", key), Json.parse("{\"v\": %s}".formatted(json), "").fields().get("v"));
    assertThatThrownBy(this::resume)
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(folder.checkpoint() + sentence);
  }

  @Test
  void theNoteTellsNoPlaces() {
    RunConfig config = folder.config();
    folder.writeConfig(
        config.with(config.data().movedTo("/home/me/pictures", Optional.of("/data"))));
    resume();
    RunConfig noted = TinyRuns.noted(folder.checkpoint());
    assertThat(noted.command()).isEmpty();
    assertThat(noted.data().name()).isEqualTo("pictures");
    assertThat(noted.data().folder()).isEmpty();
    assertThat(noted.data().use()).isEqualTo(config.data().use());
    assertThat(noted.data().found()).isEqualTo(config.data().found());
    assertThat(noted.recipe()).isEqualTo(config.recipe());
  }

  private void resume() {
    try (Compute compute = Compute.of(1)) {
      TinyRuns.train(Run.resume(folder, data, compute), Long.MAX_VALUE);
    }
  }

  private static List<?> others(Object old) {
    return switch (old) {
      case null -> List.of("x");
      case Long n -> List.of(n + 1, n + 2);
      case Double d -> List.of(d * 0.5 + 0.1, d * 0.999 + 0.01);
      case Boolean b -> List.of(!b);
      default -> List.of("x", "constant");
    };
  }

  private static void leaves(Object value, List<String> path, List<List<String>> into) {
    if (value instanceof JsonObject object && !object.fields().isEmpty()) {
      object.fields().forEach((key, each) -> leaves(each, and(path, key), into));
    } else {
      into.add(path);
    }
  }

  private static List<String> and(List<String> path, String key) {
    List<String> longer = new ArrayList<>(path);
    longer.add(key);
    return longer;
  }

  private static Object at(JsonObject json, List<String> path) {
    Object field = json.fields().get(path.getFirst());
    return path.size() == 1 ? field : at((JsonObject) field, path.subList(1, path.size()));
  }

  private void edit(List<String> path, Object value) {
    Json.write(file(), edited(Json.read(file()), path, value));
  }

  private static Map<String, Object> edited(JsonObject json, List<String> path, Object value) {
    Map<String, Object> fields = new LinkedHashMap<>(json.fields());
    String key = path.getFirst();
    fields.put(
        key,
        path.size() == 1 ? value : edited(json.object(key), path.subList(1, path.size()), value));
    return fields;
  }

  /** Data may have moved, but Fashion-MNIST is nowhere else than digits. */
  @Test
  void aPublishedNameIsNoOthersPlace() {
    RunConfig config = folder.config();
    RunConfig digits = config.with(config.data().movedTo("digits", Optional.empty()));
    RunConfig fashion = config.with(config.data().movedTo("fashion", Optional.empty()));
    RunConfig moved = config.with(config.data().movedTo("/elsewhere/fashion", Optional.empty()));
    assertThatThrownBy(() -> ConfigChange.refuse(file(), fashion, digits))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("data.name is \"fashion\", but was \"digits\"; put it back");
    assertThatCode(() -> ConfigChange.refuse(file(), moved, fashion)).doesNotThrowAnyException();
    assertThatCode(() -> ConfigChange.refuse(file(), fashion, fashion)).doesNotThrowAnyException();
  }
}
