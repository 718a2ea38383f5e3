package dev.vitrine.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.format.Json;
import dev.vitrine.neuron.learning.Learning;
import dev.vitrine.neuron.learning.Rule;
import dev.vitrine.neuron.learning.Samples;
import dev.vitrine.plan.Compute;
import dev.vitrine.run.TrainedNetwork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The playground's own arithmetic against the engine's: the same settings, points, start and orders
 * give the same numbers, and what it says as a command and as Java does the same.
 */
class PlaygroundTest {
  @TempDir private static Path folder;
  private static final List<Throwable> FAULTS = new CopyOnWriteArrayList<>();
  private static Compute compute;
  private static LabPage page;
  private static Chromium browser;

  /** Plays some settings for so many epochs and some steps, and tells what it came to. */
  private static final String PLAY =
      """
      const [given, epochs, steps, hand] = [JSON.parse(arguments[0]), arguments[1], arguments[2], arguments[3]];
      (async () => {
        const { Lab, DEFAULTS } = await import("./playground/lab.js");
        const { command, java } = await import("./playground/code.js");
        const lab = new Lab({ ...DEFAULTS, ...given });
        if (hand) { lab.put(1, 0.75); lab.put(lab.network.parameters.length - 1, -0.25); }
        while (lab.training.epoch < epochs && !lab.done) lab.step();
        for (let i = 0; i < steps; i++) lab.step();
        const { text, files, note } = command(lab);
        const asText = (content) => typeof content === "string" ? btoa(content) : btoa(String.fromCharCode(...content));
        return { text, note, java: java(lab), files: Object.fromEntries(Object.entries(files).map(([name, content]) => [name, asText(content)])),
          parameters: [...lab.network.parameters], loss: lab.measure(lab.train).loss, epoch: lab.training.epoch,
          layers: lab.network.layers.map(({ inputs, units, weights, biases }) => ({ inputs, units, weights, biases })) };
      })().then(done, (wrong) => done(String(wrong.stack)));
      """;

  @BeforeAll
  static void open() {
    browser = Chromium.open(folder);
    compute = Compute.of(1);
    page = BesideThePage.page(folder, compute, FAULTS::add);
    browser.goTo("http://127.0.0.1:" + page.port() + "/#/playground");
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
      page.close();
      compute.close();
    }
    assertThat(FAULTS).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'hidden': [4, 3], 'activation': 'tanh'}",
        "{'hidden': [5], 'activation': 'relu', 'momentum': 0.9, 'rate': 0.02, 'init': 'kaiming-normal'}",
        "{'hidden': [4], 'activation': 'sigmoid', 'loss': 'mse', 'output': 'sigmoid', 'rate': 1}",
        "{'hidden': [4], 'activation': 'leaky_relu', 'loss': 'hinge', 'init': 'xavier-uniform'}",
        "{'hidden': [4], 'activation': 'elu', 'loss': 'mse', 'output': 'tanh', 'decay': 0.01, 'init': 'xavier-normal'}",
        "{'hidden': [4], 'activation': 'softplus', 'optimizer': 'adam', 'rate': 0.02, 'init': 'kaiming-uniform'}",
        "{'hidden': [4], 'activation': 'silu', 'optimizer': 'rmsprop', 'rate': 0.01, 'init': 'lecun-normal'}",
        "{'hidden': [3, 2], 'activation': 'identity', 'optimizer': 'adam', 'decay': 0.001, 'rate': 0.01}",
        "{'hidden': [3], 'init': 'constant', 'number': 0.5, 'data': 'moons', 'batch': 7}",
        "{'hidden': [6], 'data': 'gauss', 'classes': 3, 'noise': 0.4, 'loss': 'cross-entropy', 'rate': 0.05}",
        "{'hidden': [6], 'data': 'spirals', 'classes': 3, 'loss': 'mse', 'rate': 0.05}",
        "{'hidden': [5], 'data': 'sine', 'features': ['x1', 'sq1', 'sin1'], 'loss': 'mse', 'rate': 0.05}",
        "{'hidden': [5], 'data': 'hills', 'features': ['x1', 'x2', 'prod'], 'loss': 'mse', 'rate': 0.05, 'seed': 4000000000}",
      })
  void theEngineComesToTheSameNumbers(String settings) throws IOException {
    Map<?, ?> played = play(settings, 12, 3, false);
    assertClose(played, trained(played));
  }

  @Test
  void aStartSetByHandGoesAlong() throws IOException {
    Map<?, ?> played = play("{'hidden': [4], 'rate': 0.2}", 8, 0, true);
    assertThat((String) played.get("text")).contains("--init-from start.safetensors");
    assertClose(played, trained(played));
  }

  @ParameterizedTest
  @ValueSource(strings = {"perceptron", "adaline", "madaline"})
  void theFirstRulesComeToTheSameNumbers(String rule) throws IOException {
    boolean adaline = rule.equals("adaline");
    Map<?, ?> played =
        play(
            "{'data': '%s', 'classes': 2, 'count': 60, 'noise': 1, 'rule': '%s', 'rate': %s, 'hidden': [3], 'seed': 43, 'share': 0}"
                .formatted(adaline ? "gauss" : "moons", rule, adaline ? 0.01 : 0.5),
            30,
            0,
            false);
    assertThat((String) played.get("text")).contains("--model " + rule).contains("--epochs 30");
    Samples samples = Samples.read(files(played).resolve("points.csv"), Optional.of("y"));
    Learning learning =
        Learning.of(
            samples,
            new Learning.Setup(
                Rule.valueOf(rule.toUpperCase(Locale.ROOT)), adaline ? 0.01 : 0.5, 30, 43, 1, 3));
    List<Double> expected = new ArrayList<>();
    List<?> parameters = (List<?>) played.get("parameters");
    for (Object each : (List<?>) played.get("layers")) {
      Map<?, ?> layer = (Map<?, ?>) each;
      for (int u = 0; u < number(layer, "units"); u++) {
        expected.add(((Number) parameters.get(number(layer, "biases") + u)).doubleValue());
        for (int i = 0; i < number(layer, "inputs"); i++) {
          int at = number(layer, "weights") + u * number(layer, "inputs") + i;
          expected.add(((Number) parameters.get(at)).doubleValue());
        }
      }
    }
    assertThat(learning.runs().getFirst().epochs()).isEqualTo(30);
    List<Double> got = learning.runs().getFirst().weights();
    assertThat(got).hasSameSizeAs(expected);
    for (int i = 0; i < got.size(); i++) {
      // Inputs are rounded to single precision here, and are the table's decimals there.
      assertThat(got.get(i)).isCloseTo(expected.get(i), within(1e-4));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'hidden': [4, 3], 'optimizer': 'adam', 'rate': 0.01, 'decay': 0.001}",
        "{'hidden': [3], 'activation': 'leaky_relu', 'data': 'gauss', 'classes': 3, 'loss': 'cross-entropy'}",
        "{'hidden': [2], 'data': 'corners', 'rule': 'madaline', 'rate': 0.5, 'share': 0}",
      })
  void theJavaProgramCompilesAndDoesTheSame(String settings) throws Exception {
    Map<?, ?> played = play(settings, 5, 0, !settings.contains("rule"));
    Path source = files(played).resolve("Playground.java");
    Files.writeString(source, (String) played.get("java"));
    String launcher = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    String modules = System.getProperty("jdk.module.path", "");
    Process process =
        new ProcessBuilder(
                launcher,
                "-cp",
                modules.isEmpty() ? classes : classes + ":" + modules,
                source.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    if (settings.contains("madaline")) {
      assertThat(said).contains("right 4 of 4 rows");
    } else {
      double loss =
          Double.parseDouble(
              said.lines()
                  .filter(line -> line.startsWith("loss "))
                  .findFirst()
                  .orElseThrow()
                  .substring(5));
      assertThat(loss).isCloseTo(((Number) played.get("loss")).doubleValue(), within(1e-5));
    }
  }

  @Test
  void everyExampleDoesWhatIsSaidOfIt() {
    Object wrong =
        browser.ask(
            """
            (async () => {
              const { Lab, DEFAULTS } = await import("./playground/lab.js");
              const { PRESETS, settingsOf } = await import("./playground/presets.js");
              const wrong = [];
              for (const preset of PRESETS) {
                const lab = new Lab({ ...DEFAULTS, ...settingsOf(preset) });
                while (lab.training.epoch < preset.epochs && !lab.done) lab.step();
                const { loss, right } = lab.measure(lab.train);
                const { expects } = preset;
                const least = Math.min(...lab.history.map(({ test }) => test));
                const holds = expects.right ? right >= expects.right[0] && right <= expects.right[1]
                  : expects.loss ? loss >= expects.loss[0] && loss <= expects.loss[1]
                  : lab.history.at(-1).test - least > expects.overfits;
                if (!holds) wrong.push(`${preset.title}: right ${right}, loss ${loss}`);
              }
              return [PRESETS.length, PRESETS.filter(({ works }) => works).length, wrong];
            })().then(done, (failed) => done(String(failed.stack)));
            """);
    List<?> all = (List<?>) wrong;
    assertThat((List<?>) all.get(2)).isEmpty();
    assertThat((Long) all.get(0)).isGreaterThan(15);
    assertThat((Long) all.get(1)).isBetween(8L, (Long) all.get(0) - 8);
  }

  private static Map<?, ?> play(String settings, int epochs, int steps, boolean hand) {
    Object played = browser.ask(PLAY, settings.replace('\'', '"'), epochs, steps, hand);
    assertThat(played).isInstanceOf(Map.class);
    return (Map<?, ?>) played;
  }

  private static Path files(Map<?, ?> played) throws IOException {
    Path here = Files.createTempDirectory(folder, "played");
    for (Map.Entry<?, ?> file : ((Map<?, ?>) played.get("files")).entrySet()) {
      Files.write(
          here.resolve((String) file.getKey()),
          Base64.getDecoder().decode((String) file.getValue()));
    }
    return here;
  }

  /** Does what the command says, by the classes that the command uses. */
  private static Map<String, float[]> trained(Map<?, ?> played) throws IOException {
    Path here = files(played);
    String[] words = ((String) played.get("text")).split(" ");
    assertThat(words[0] + " " + words[1]).isEqualTo("vitrine train");
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 2; i < words.length; i += 2) {
      boolean file = words[i + 1].matches("(points.csv|network.json|start.safetensors)");
      values.put(
          words[i].substring(2), file ? here.resolve(words[i + 1]).toString() : words[i + 1]);
    }
    Path place = here.resolve("run");
    BesideThePage.train(values, place, compute);
    Map<String, float[]> numbers = new LinkedHashMap<>();
    var parameters = TrainedNetwork.open(place, Optional.empty()).load().model().parameters();
    parameters
        .layout()
        .entries()
        .forEach(entry -> numbers.put(entry.name(), parameters.get(entry.name())));
    return numbers;
  }

  private static void assertClose(Map<?, ?> played, Map<String, float[]> trained) {
    List<?> parameters = (List<?>) played.get("parameters");
    List<?> layers = (List<?>) played.get("layers");
    assertThat(trained).hasSize(2 * layers.size());
    double largest = 0;
    for (int l = 0; l < layers.size(); l++) {
      Map<?, ?> layer = (Map<?, ?>) layers.get(l);
      for (String kind : List.of("weight", "bias")) {
        float[] got = trained.get("linear%s.%s".formatted(l + 1, kind));
        int from = number(layer, kind.equals("weight") ? "weights" : "biases");
        for (int i = 0; i < got.length; i++) {
          double expected = ((Number) parameters.get(from + i)).doubleValue();
          largest = Math.max(largest, Math.abs(got[i] - expected) / (1 + Math.abs(expected)));
        }
      }
    }
    assertThat(largest).as("of %s", Json.line(played.get("text"))).isLessThan(2e-5);
  }

  private static int number(Map<?, ?> layer, String name) {
    return ((Number) layer.get(name)).intValue();
  }
}
