package dev.vitrine.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.data.DataFolders;
import dev.vitrine.error.UserException;
import dev.vitrine.format.Safetensors;
import dev.vitrine.format.TensorData;
import dev.vitrine.notation.Optimizers;
import dev.vitrine.optim.Adam;
import dev.vitrine.optim.Sgd;
import dev.vitrine.run.RunConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainConfigTest {
  /** A value for each setting that is neither its standard nor what holds without it. */
  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("model", "lenet5"),
          Map.entry("data", "mnist"),
          Map.entry("train-images", "500"),
          Map.entry("test-images", "400"),
          Map.entry("validation", "0.2"),
          Map.entry("epochs", "7"),
          Map.entry("steps", "9"),
          Map.entry("batch", "32"),
          Map.entry("shards", "8"),
          Map.entry("optimizer", "adam"),
          Map.entry("no-bias-decay", "true"),
          Map.entry("bias-lr", "2"),
          Map.entry("clip-value", "0.5"),
          Map.entry("clip-norm", "0.6"),
          Map.entry("l1", "0.001"),
          Map.entry("max-norm", "3"),
          Map.entry("augment", "shift:2,noise:0.05"),
          Map.entry("early-stop", "3:0.01"),
          Map.entry("schedule", "constant"),
          Map.entry("target", "x"),
          Map.entry("shape", "1x28x28"),
          Map.entry("test-share", "0.2"),
          Map.entry("loss", "mse"),
          Map.entry("standardise", "true"),
          Map.entry("label-smoothing", "0.1"),
          Map.entry("init", "kaiming-normal"),
          Map.entry("resize", "20x24"),
          Map.entry("seed", "43"),
          Map.entry("divisor", "1"),
          Map.entry("mean", "0.1"),
          Map.entry("deviation", "0.3"));

  private static RunConfig config(Map<String, String> values) {
    return TrainConfig.of("", GivenSettings.of(values));
  }

  @Test
  void everySettingChangesWhatIsComputed() {
    RunConfig usual = config(Map.of());
    OTHERS.forEach(
        (name, value) -> assertThat(config(Map.of(name, value))).as(name).isNotEqualTo(usual));
    Map<String, String> local = Map.of("shards", "8", "local-steps", "2");
    assertThat(config(local)).isNotEqualTo(config(Map.of("shards", "8")));
    TrainSettings.all().stream()
        .filter(setting -> OptimizerSettings.all().contains(setting))
        .forEach(setting ->
            assertThat(config(ofItsOptimizer(setting)))
                .as(setting.name())
                .isNotEqualTo(
                    config(Map.of("optimizer", ofItsOptimizer(setting).get("optimizer")))));
  }

  /** So that a study trains nothing twice. */
  @Test
  void aStandardValueThatIsWrittenOutIsTheSame() {
    String usual = config(Map.of()).meaning();
    for (Setting setting : TrainSettings.all()) {
      setting
          .standard()
          .ifPresent(value ->
              assertThat(config(Map.of(setting.name(), value)).meaning())
                  .as(setting.name())
                  .isEqualTo(usual));
    }
    for (String optimizer : Optimizers.names()) {
      Map<String, String> all = new LinkedHashMap<>(Map.of("optimizer", optimizer));
      String plain = config(all).meaning();
      Optimizers.settings(Optimizers.named(optimizer))
          .forEach(
              (name, value) -> all.put(OptimizerSettings.of(name).name(), Optimizers.value(value)));
      assertThat(all).hasSizeGreaterThan(1);
      assertThat(config(all).meaning()).as(optimizer).isEqualTo(plain);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lr | 0.10 | 1e-1",
        "epochs | 3 | 03",
        "schedule | exponential:0.9 | Exponential:.90",
        "augment | shift:2,flip | shift:2.0,flip",
        "early-stop | 3 | 3:0",
        "optimizer | adam | Adam",
        "data | mnist | mnist",
        "model | lenet | lenet",
        "test-share | 0.2 | .20",
        "divisor | 1 | 1.0",
        "resize | 20 | 20x20",
        "shape | 1x28x28 | 28x28",
        "init | normal:0.1 | normal:.1",
      })
  void anotherSpellingIsTheSame(String name, String one, String other) {
    String meaning = config(Map.of(name, one)).meaning();
    assertThat(config(Map.of(name, other)).meaning()).isEqualTo(meaning);
  }

  /** What is usual for published data needs no look at them. */
  @Test
  void publishedDataAreKnown() {
    String usual = config(Map.of("data", "mnist")).meaning();
    assertThat(config(Map.of("data", "mnist", "loss", "cross-entropy")).meaning()).isEqualTo(usual);
    assertThat(config(Map.of("data", "mnist", "divisor", "255")).meaning()).isEqualTo(usual);
    assertThat(config(Map.of("data", "mnist", "test-share", "0.15")).meaning()).isEqualTo(usual);
    assertThat(config(Map.of("data", "mnist", "loss", "mse")).meaning()).isNotEqualTo(usual);
  }

  @Test
  void whatDiffersMeansSomethingElse() {
    String usual = config(Map.of()).meaning();
    OTHERS.forEach((name, value) ->
        assertThat(config(Map.of(name, value)).meaning()).as(name).isNotEqualTo(usual));
  }

  /** With the first optimiser that has it, and half of what it is there. */
  private static Map<String, String> ofItsOptimizer(Setting setting) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String optimizer : Optimizers.names()) {
      values.put("optimizer", optimizer);
      values.put(setting.name(), setting.kind() == Setting.Kind.FLAG ? "true" : "0.25");
      try {
        config(values);
        return values;
      } catch (UserException _) {
        values.clear(); // not one of this optimiser's
      }
    }
    throw new AssertionError(setting.name() + " is of no optimiser");
  }

  @Test
  void nothingIsLeftOutOfThatTest() {
    assertThat(TrainSettings.names())
        .allSatisfy(name ->
            assertThat(
                    OTHERS.containsKey(name)
                        || name.equals("local-steps")
                        || OptimizerSettings.all().stream()
                            .anyMatch(each -> each.name().equals(name))
                        || InitialNumbers.NAMES.contains(name))
                .as(name)
                .isTrue());
  }

  /** Tested with files, on the command line. */
  private static final class InitialNumbers {
    static final Set<String> NAMES = Set.of("init-from", "key", "layout", "classes", "data-dir");
  }

  @Test
  void aFileToBeginWithIsLookedForInDataFolders(@TempDir Path folder) throws IOException {
    Path file = Files.createDirectory(folder.resolve("models")).resolve("some.safetensors");
    Safetensors.write(file, List.of(TensorData.counter("a", 1)), Map.of());
    Map<String, String> named = Map.of("init-from", "models/some.safetensors");
    DataFolders folders = new DataFolders(Optional.of(folder), Optional.empty(), folder);
    assertThat(beginning(TrainConfig.of("", GivenSettings.of(named), folders)))
        .isEqualTo(file.toString());
    Map<String, String> besideData = new LinkedHashMap<>(named);
    besideData.put("data", "mnist");
    besideData.put("data-dir", folder.toString());
    assertThat(beginning(config(besideData))).isEqualTo(file.toString());
    refused(
        Map.of("init-from", "models/none.safetensors"),
        "There is no run or file of weights models/none.safetensors: expected what a training made, such as runs/lenet-digits-1, or a file of weights");
  }

  private static String beginning(RunConfig config) {
    return config.network().initFrom().orElseThrow().file();
  }

  @Test
  void anOptimizerTakesItsOwnSettings() {
    assertThat(config(Map.of("lr", "0.5", "momentum", "0")).recipe().optimizer())
        .isEqualTo(Sgd.of(0.5).weightDecay(5e-4));
    assertThat(config(Map.of("optimizer", "adam", "lr", "0.5")).recipe().optimizer())
        .isEqualTo(Adam.of(0.5));
    refused(
        Map.of("optimizer", "adam", "momentum", "0.5"),
        "momentum is no option of optimizer adam, which takes lr, beta1, beta2, eps, weight-decay");
  }

  @Test
  void wrongValuesAreNamed() {
    refused(Map.of("epoch", "3"), "Unknown setting \"epoch\"; did you mean \"epochs\"?");
    refused(Map.of("epochs", "3.5"), "epochs expects a whole number below 2^31, but got \"3.5\"");
    refused(Map.of("lr", "fast"), "lr expects a number, but got \"fast\"");
    refused(Map.of("steps", "0"), "steps expects 1 or more, but got 0");
    refused(Map.of("nesterov", "yes"), "nesterov expects true or false, but got \"yes\"");
    refused(
        Map.of("shape", "28"),
        "The examples' shape expects CHANNELSxHEIGHTxWIDTH such as 1x28x28, but got \"28\"");
    refused(
        Map.of("loss", "huber"),
        "Unknown loss \"huber\"; known: cross_entropy, mse, binary_cross_entropy, hinge");
    refused(
        Map.of("loss", "mse", "label-smoothing", "0.1"),
        "label-smoothing has no effect with the loss mse: leave it out");
    refused(
        Map.of("standardise", "true", "mean", "0.5"),
        "standardise measures what divisor, mean and deviation say: leave them out");
    refused(Map.of("target", "a,,b"), "The target column expects a name, but got \"\"");
    refused(
        Map.of("test-share", "0"), "The test share expects a share above 0, at most 1, but got 0");
    refused(Map.of("key", "x"), "key has no effect without init-from: leave it out");
  }

  private static void refused(Map<String, String> values, String sentence) {
    assertThatThrownBy(() -> config(values)).isInstanceOf(UserException.class).hasMessage(sentence);
  }

  @Test
  void theCommandGivesItAgain() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("model", "my net.json");
    values.put("nesterov", "true");
    values.put("no-bias-decay", "false");
    values.put("lr", "0.1");
    assertThat(Commands.train(GivenSettings.of(values)))
        .isEqualTo("vitrine train --model 'my net.json' --nesterov --lr 0.1");
  }
}
