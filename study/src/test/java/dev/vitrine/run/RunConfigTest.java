package dev.vitrine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.augment.Augmentation;
import dev.vitrine.data.Polarities;
import dev.vitrine.error.UserException;
import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.image.ImageSize;
import dev.vitrine.image.Normalisation;
import dev.vitrine.nn.Loss;
import dev.vitrine.notation.Initializers;
import dev.vitrine.optim.Adam;
import dev.vitrine.optim.Schedule;
import dev.vitrine.optim.Sgd;
import dev.vitrine.random.Seed;
import dev.vitrine.run.RunNetwork.BuiltFor;
import dev.vitrine.tensor.Shape;
import dev.vitrine.train.EarlyStop;
import dev.vitrine.train.Recipe;
import dev.vitrine.train.Restraints;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of each format, as the versions wrote them that had it. */
class RunConfigTest {
  /** What the files of formats 2 and 3 say. */
  private static final RunConfig RESIZED =
      new RunConfig(
          "vitrine train --train-images 200 --test-images 50 --epochs 1 --out run --resize 30x31"
              + " --optimizer adam --steps 3 --label-smoothing 0.1 --schedule step:0.5:10",
          new RunNetwork(
              "lenet",
              Optional.empty(),
              Optional.of(new BuiltFor(Shape.of(1, 30, 31), 10)),
              Initializers.parse("lecun-uniform"),
              Optional.empty()),
          new RunData(
              "digits",
              Optional.empty(),
              new RunData.Use(200, 50, 0.1, Optional.of(new ImageSize(30, 31))),
              new DataFacts(Map.of("digits", "drawing 1 of seed 42"), Optional.empty())),
          Recipe.of(Adam.of(0.001))
              .schedule(new Schedule.Step(0.5, 10))
              .loss(Loss.crossEntropy(0.1))
              .maxSteps(3)
              .normalisation(
                  new Normalisation(255, List.of(0.5, 0.25, 0.125), List.of(1.0, 2.0, 4.0)))
              .seed(Seed.of(42)));

  private static String text(String file) throws IOException {
    try (InputStream in = RunConfigTest.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static RunConfig read(String text) {
    return RunConfig.of(Json.parse(text, "config.json"));
  }

  @Test
  void formatOne() throws IOException {
    String text = text("config-1.json");
    JsonObject network = Json.parse(text, "config.json").object("network");
    assertThat(read(text))
        .isEqualTo(
            new RunConfig(
                "vitrine train --model tiny.json --steps 7 --nesterov",
                new RunNetwork(
                    "tiny.json", Optional.of(network), Initializers.parse("kaiming-normal")),
                new RunData(
                    "mnist",
                    Optional.of("/somewhere/data"),
                    new RunData.Use(1000, 0, 0.25, Optional.empty()),
                    DataFacts.NONE),
                Recipe.of(new Sgd(0.25, 0.5, true, 0.125))
                    .schedule(new Schedule.InverseDecay(0.001, 0.75))
                    .batchSize(32)
                    .epochs(3)
                    .maxSteps(7)
                    .biasRate(2)
                    .decayBiases(false)
                    .normalisation(Normalisation.MNIST)
                    .seed(Seed.of(7))));
  }

  @Test
  void formatTwo() throws IOException {
    assertThat(read(text("config-2.json"))).isEqualTo(RESIZED);
  }

  @Test
  void formatThreeIsReadAndWritten() throws IOException {
    String text = text("config-3.json");
    assertThat(read(text)).isEqualTo(RESIZED);
    assertThat(Json.pretty(RESIZED.toJson())).isEqualTo(text);
    String unchanged =
        text.replace("    \"augmentation\" : null,\n    \"early_stop\" : null,\n", "")
            .replace("    \"shards\" : null,\n    \"local_steps\" : null,\n", "");
    assertThat(unchanged).isNotEqualTo(text);
    String unrestrained = unchanged.replace("    \"restraints\" : null,\n", "");
    assertThat(unrestrained).isNotEqualTo(unchanged);
    String before = unrestrained.replace(",\n    \"init_from\" : null", "");
    assertThat(before).isNotEqualTo(unrestrained);
    String pictures =
        before
            .replace("    \"reading\" : null,\n", "")
            .replace(",\n      \"inputs\" : null", "")
            .replace(",\n      \"class_names\" : null", "")
            .replace(",\n      \"columns\" : null", "");
    assertThat(pictures)
        .doesNotContain("shards")
        .doesNotContain("reading")
        .doesNotContain("inputs")
        .doesNotContain("class_names");
    assertThat(read(pictures)).isEqualTo(RESIZED);
  }

  @Test
  void localStepsAreWrittenAndRead() {
    RunConfig config = TinyRuns.config(0.05);
    Recipe local = config.recipe().batchSize(32).shards(4).localSteps(8);
    RunConfig held = new RunConfig(config.command(), config.network(), config.data(), local);
    assertThat(read(Json.pretty(held.toJson())).recipe()).isEqualTo(local);
    assertThat(Json.line(held.toJson())).contains("\"shards\":4,\"local_steps\":8");
  }

  @Test
  void restraintsAreWrittenAndRead() {
    Restraints restraints =
        new Restraints(Optional.of(0.5), Optional.empty(), Optional.empty(), Optional.of(3.0));
    RunConfig config = TinyRuns.config(0.05);
    RunConfig held =
        new RunConfig(
            config.command(),
            config.network(),
            config.data(),
            config.recipe().restraints(restraints));
    assertThat(read(Json.pretty(held.toJson())).recipe()).isEqualTo(held.recipe());
    assertThat(Json.line(held.toJson()))
        .contains(
            "\"restraints\":{\"clip_value\":0.5,\"clip_norm\":null,\"l1\":null,\"max_norm\":3.0}");
  }

  @Test
  void augmentationAndEarlyStoppingAreWrittenAndRead() {
    RunConfig config = TinyRuns.config(0.05);
    Recipe recipe =
        config
            .recipe()
            .augmentation(Augmentation.NONE.crop(4).flip(true))
            .earlyStop(new EarlyStop(3, 0.01))
            .schedule(new Schedule.Plateau(0.1, 2));
    RunConfig held = new RunConfig(config.command(), config.network(), config.data(), recipe);
    assertThat(read(Json.pretty(held.toJson())).recipe()).isEqualTo(recipe);
    assertThat(Json.line(held.toJson()))
        .contains("\"augmentation\":\"flip,crop:4\"")
        .contains("\"early_stop\":{\"patience\":3,\"min_delta\":0.01}")
        .contains("\"schedule\":\"plateau:0.1:2\"");
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    RunConfig config = TinyRuns.config(0.05);
    RunConfig again =
        new RunConfig(
            config.command(),
            config.network(),
            config
                .data()
                .found(new DataFacts(Map.of("a", "b"), Optional.of(new Polarities(0.75, 0.25)))),
            config.recipe().rate("conv1.weight", 0.5));
    String text = Json.pretty(again.toJson());
    assertThat(read(text).data()).isEqualTo(again.data());
    assertThat(read(text).recipe()).isEqualTo(again.recipe());
    assertThat(Json.pretty(read(text).toJson())).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "3|\"batch_size\" : 64|\"batch_size\" : \"x\"|recipe: \"batch_size\" expects a whole number, but got \"x\"",
        "3|\"batch_size\" : 64|\"batch_size\" : 0|recipe: The batch size expects 1 or more, but got 0",
        "3|\"batch_size\" : 64|\"batch\" : 64|recipe: unknown field \"batch\"; did you mean \"batch_size\"?",
        "3|\"epochs\" : 1,||recipe: \"epochs\" expects a whole number, but got nothing",
        "3|\"beta1\"|\"beta3\"|recipe: optimizer: unknown field \"beta3\"; did you mean \"beta1\"?",
        "3|\"adam\"|\"adm\"|recipe: optimizer: Unknown optimiser \"adm\"; did you mean \"adam\"?",
        "3|\"cross_entropy\"|\"huber\"|recipe: loss: Unknown loss \"huber\"; known: cross_entropy, mse, binary_cross_entropy, hinge",
        "3|step:0.5:10|step:0.5|recipe: \"schedule\": The schedule expects step:GAMMA:EVERY, but got \"step:0.5\"",
        "3|\"height\" : 30|\"height\" : 9000000000|data: use: resize: \"height\" expects a number below 2^31, but got 9000000000",
        "3|0.25|\"0.25\"|recipe: normalisation: \"mean\" expects a number, but got \"0.25\"",
        "3|\"drawing 1 of seed 42\"|7|data: found: checksums: \"digits\" expects a text, but got 7",
        "3|\"seed\" : 42|\"seed\" : 42, \"sed\" : 1|recipe: unknown field \"sed\"; did you mean \"seed\"?",
        "2|\"batch\" : 64|\"batch\" : \"x\"|\"batch\" expects a whole number, but got \"x\"",
        "2|[ 30, 31 ]|[ 30 ]|\"resize\" expects a height and a width, but got 1 numbers",
        "1|\"momentum\" : 0.5|\"momentum\" : true|\"momentum\" expects a number, but got true",
      })
  void whatIsWrongIsNamed(int format, String right, String wrong, String sentence)
      throws IOException {
    String text = text("config-%s.json".formatted(format));
    assertThat(text).contains(right);
    String changed = text.replace(right, Objects.requireNonNullElse(wrong, ""));
    assertThatThrownBy(() -> read(changed))
        .isInstanceOf(UserException.class)
        .hasMessage("config.json: " + sentence);
  }

  @Test
  void aLossOfOnesOwnHasNoPlaceInAFile() {
    RunConfig config = TinyRuns.config(0.05);
    Recipe own = config.recipe().loss((ops, output, target) -> ops.multiply(output, target));
    RunConfig changed = new RunConfig(config.command(), config.network(), config.data(), own);
    assertThatThrownBy(changed::toJson)
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The loss of a run expects to be one of cross_entropy, mse, binary_cross_entropy, hinge, but"
                + " got one of one's own, which has no name");
  }
}
