package dev.vitrine.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.graph.Interpreter;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Loss;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.nn.Sequential;
import dev.vitrine.op.Value;
import dev.vitrine.plan.Plan;
import dev.vitrine.plan.Planner;
import dev.vitrine.plan.Workers;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.tensor.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * One step of Caffe's LeNet, stored: {@code lenet-step.txt} holds the loss, the logits and of each
 * parameter's gradient a few elements, the sum and the sum of squares, computed by the interpreter.
 *
 * <p>To write the file anew (after a change that is meant to change it, and a look at the diff):
 *
 * <pre>
 *   ./mvnw -pl quality/testkit -am test -Dtest=GoldenTest -Dsurefire.failIfNoSpecifiedTests=false \
 *       -Dvitrine.golden=write
 * </pre>
 *
 * Parameters and images follow from {@link #noise}, which is easy to write down in any language, so
 * that another framework can be asked for the same numbers.
 */
class GoldenTest {
  private static final String FILE = "lenet-step.txt";
  private static final int[] LABELS = {7, 0, 4};

  private static final Model MODEL = model();
  private static final Model.Training TRAINING = MODEL.training(Loss.crossEntropy());
  private static final Interpreter.Values VALUES = values();
  private static Map<String, Double> golden;

  static Layer lenet() {
    return Sequential.of(
        Conv2d.of(20, 5),
        MaxPool2d.of(2),
        Conv2d.of(50, 5),
        MaxPool2d.of(2),
        Flatten.of(),
        Linear.of(500),
        Activation.relu(),
        Linear.of(10));
  }

  /**
   * Uniform in [0, 1): the finaliser of MurmurHash3 over {@code i + 2654435769 · salt}, 24 bits.
   */
  static double noise(int salt, int i) {
    int h = i + 0x9E3779B9 * salt;
    h = (h ^ (h >>> 16)) * 0x85EBCA6B;
    h = (h ^ (h >>> 13)) * 0xC2B2AE35;
    h ^= h >>> 16;
    return (h >>> 8) * 0x1p-24;
  }

  /** Weights uniform in ±√(3 / fanIn), rounded to float; biases in ±0.1; salts 1, 2, … in order. */
  private static Model model() {
    Model model = Model.of(lenet(), Shape.of(1, 28, 28));
    int salt = 0;
    for (ParameterSpec spec : model.specs()) {
      salt++;
      double bound =
          spec.role() == ParameterSpec.Role.BIAS ? 0.1 : StrictMath.sqrt(3.0 / spec.fanIn());
      float[] values = new float[spec.shape().elements()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) ((2 * noise(salt, i) - 1) * bound);
      }
      model.parameters().set(spec.name(), values);
    }
    return model;
  }

  private static float[] image(int n) {
    float[] image = new float[28 * 28];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) noise(100 + n, i);
    }
    return image;
  }

  @BeforeAll
  static void load() throws IOException {
    if ("write".equals(System.getProperty("vitrine.golden"))) {
      Path file = Path.of("src", "test", "resources", FILE);
      StringBuilder text = new StringBuilder();
      interpreted().forEach((key, number) -> text.append(key + " " + number + "\n"));
      Files.writeString(file, text, StandardCharsets.UTF_8);
      golden = interpreted();
      return;
    }
    golden = new LinkedHashMap<>();
    try (var stream = GoldenTest.class.getResourceAsStream("/" + FILE)) {
      new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(" "))
          .forEach(pair -> golden.put(pair[0], Double.valueOf(pair[1])));
    }
  }

  private static Map<String, Double> interpreted() {
    Map<String, Double> facts = new LinkedHashMap<>();
    facts.put("loss", VALUES.number(TRAINING.loss()));
    for (int n = 0; n < LABELS.length; n++) {
      describe("logits(" + n + ")", VALUES.of(TRAINING.output(), n), facts);
    }
    TRAINING.gradients().forEach((name, dw) -> describe(name, VALUES.of(dw), facts));
    return facts;
  }

  private static Interpreter.Values values() {
    double[][] images = new double[LABELS.length][];
    double[][] labels = new double[LABELS.length][];
    for (int n = 0; n < LABELS.length; n++) {
      images[n] = doubles(image(n));
      labels[n] = new double[] {LABELS[n]};
    }
    Interpreter interpreter =
        new Interpreter(LABELS.length).input(Model.INPUT, images).input(Model.TARGET, labels);
    MODEL
        .specs()
        .forEach(s -> interpreter.parameter(s.name(), doubles(MODEL.parameters().get(s.name()))));
    return interpreter.run(TRAINING.graph());
  }

  private static double[] doubles(float[] a) {
    double[] doubles = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      doubles[i] = a[i];
    }
    return doubles;
  }

  /** Ten elements evenly spread, the sum, and the sum of squares. */
  private static void describe(String name, double[] a, Map<String, Double> facts) {
    double sum = 0;
    double squares = 0;
    for (double element : a) {
      sum += element;
      squares += element * element;
    }
    facts.put(name + ".sum", sum);
    facts.put(name + ".squares", squares);
    for (int k = 0; k < 10; k++) {
      int at = (int) ((long) k * (a.length - 1) / 9);
      facts.put(name + "[" + at + "]", a[at]);
    }
  }

  @Test
  void theInterpreterGivesTheStoredNumbers() {
    Map<String, Double> now = interpreted();
    assertThat(now.keySet()).containsExactlyElementsOf(golden.keySet());
    assertThat(now).hasSize(1 + 3 * 12 + 8 * 12);
    now.forEach((key, number) ->
        assertThat(number).as(key).isCloseTo(golden.get(key), within(1e-12 * scale(key))));
  }

  /** The number's own size; of a sum, which may cancel, that of its largest possible value. */
  private static double scale(String key) {
    if (!key.endsWith(".sum")) {
      return Math.abs(golden.get(key));
    }
    String name = key.replace(".sum", "");
    int elements =
        name.startsWith("logits") ? 10 : MODEL.parameters().layout().entry(name).shape().elements();
    return Math.sqrt(elements * golden.get(name + ".squares"));
  }

  @Test
  void thePlansGiveTheStoredNumbers() {
    Roundings roundings = new Roundings(TRAINING.graph(), VALUES, LABELS.length);
    for (Oracle.Engine engine : List.of(Engines.SCALAR, Engines.SIMD)) {
      try (Workers team = new Workers(2)) {
        compare(engine, team, roundings);
      }
    }
  }

  private static void compare(Oracle.Engine engine, Workers team, Roundings roundings) {
    Parameters gradients = Parameters.zeros(MODEL.parameters().layout());
    Plan plan =
        Planner.of(TRAINING.graph(), MODEL.parameters())
            .outputs(TRAINING.loss(), TRAINING.output())
            .gradients(TRAINING.gradients(), gradients, TRAINING.forwardValues())
            .batchSize(LABELS.length)
            .plan(engine.kernels(), team);
    for (int n = 0; n < LABELS.length; n++) {
      plan.input(Model.INPUT, n, image(n));
      plan.input(Model.TARGET, n, LABELS[n]);
    }
    plan.run(LABELS.length);
    assertThat((double) plan.number(TRAINING.loss()))
        .isCloseTo(golden.get("loss"), within(roundings.tolerance(TRAINING.loss())));
    for (int n = 0; n < LABELS.length; n++) {
      float[] logits = plan.read(TRAINING.output(), n);
      compare(engine + " logits(" + n + ")", TRAINING.output(), logits, roundings);
    }
    TRAINING
        .gradients()
        .forEach((name, dw) -> compare(engine + " " + name, dw, gradients.get(name), roundings));
  }

  /** The elements within their tolerance; the sums within that of all their terms. */
  private static void compare(String context, Value value, float[] got, Roundings roundings) {
    String name = context.substring(context.lastIndexOf(' ') + 1);
    Map<String, Double> facts = new LinkedHashMap<>();
    describe(name, doubles(got), facts);
    double one = roundings.tolerance(value);
    facts.forEach((key, number) -> {
      double squares = golden.get(name + ".squares");
      double tolerance =
          key.endsWith(".sum")
              ? got.length * one
              : key.endsWith(".squares")
                  ? 2 * one * Math.sqrt(got.length * squares) + got.length * one * one
                  : one;
      assertThat(number).as(context + ": " + key).isCloseTo(golden.get(key), within(tolerance));
    });
  }
}
