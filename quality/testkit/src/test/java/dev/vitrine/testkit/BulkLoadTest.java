package dev.vitrine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Loss;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Sequential;
import dev.vitrine.plan.Plan;
import dev.vitrine.plan.Planner;
import dev.vitrine.plan.Workers;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.tensor.Shape;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Examples given as bytes and examples given as numbers are the same examples. */
class BulkLoadTest {
  private static final int BATCH = 130;

  private static float[] table(int channels) {
    float[] table = new float[256 * channels];
    for (int i = 0; i < table.length; i++) {
      table[i] = (i % 256 - 100) / 77f + (i >> 8);
    }
    return table;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5, 6, 7, 8, 9, 10, 13})
  void aDenseLayersGradients(int side) {
    check(Sequential.of(Flatten.of(), Linear.of(21)), Shape.of(1, side, side));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5, 8})
  void aConvolutionsGradients(int side) {
    check(
        Sequential.of(Conv2d.of(3, 3).padding(1), Flatten.of(), Linear.of(4)),
        Shape.of(2, side, side));
  }

  /** A table a channel, where a panel's piece may begin within a channel and end in another. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5, 8, 13})
  void aTableAChannel(int side) {
    Shape input = Shape.of(3, side, side);
    check(Sequential.of(Flatten.of(), Linear.of(21)), input, table(3));
    Layer convolution = Sequential.of(Conv2d.of(3, 1), Flatten.of(), Linear.of(4));
    check(convolution, input, table(3));
  }

  private static void check(Layer network, Shape input) {
    check(network, input, table(1));
  }

  private static void check(Layer network, Shape input, float[] table) {
    Model model = Model.of(network, input, Initializer.kaimingUniform(), Seed.of(5));
    int n = input.elements();
    byte[] bytes = new byte[7 + BATCH * n];
    new Random(n).nextBytes(bytes);
    Plan.Bytes source =
        new Plan.Bytes() {
          @Override
          public byte[] array(int i) {
            return bytes;
          }

          @Override
          public int start(int i) {
            return 7 + i * n;
          }
        };
    for (Oracle.Engine engine : Engines.all()) {
      for (int count : new int[] {1, 17, 64, BATCH}) {
        float[] bulk =
            gradients(model, engine, count, (p, c) -> p.input(Model.INPUT, c, source, table));
        float[] single = gradients(model, engine, count, (p, c) -> giveEach(p, c, bytes, n, table));
        assertThat(bulk).as("%s, %d examples", engine, count).isEqualTo(single);
      }
    }
  }

  private static void giveEach(Plan plan, int count, byte[] bytes, int n, float[] table) {
    int plane = n / (table.length / 256);
    for (int i = 0; i < count; i++) {
      float[] example = new float[n];
      for (int e = 0; e < n; e++) {
        example[e] = table[e / plane * 256 + (bytes[7 + i * n + e] & 0xFF)];
      }
      plan.input(Model.INPUT, i, example);
    }
  }

  private static float[] gradients(
      Model model, Oracle.Engine engine, int count, BiConsumer<Plan, Integer> give) {
    Model.Training training = model.training(Loss.crossEntropy());
    Parameters gradients = Parameters.zeros(model.parameters().layout());
    try (Workers team = new Workers(engine.threads())) {
      Plan plan =
          Planner.of(training.graph(), model.parameters())
              .outputs(training.loss())
              .gradients(training.gradients(), gradients, training.forwardValues())
              .batchSize(BATCH)
              .plan(engine.kernels(), team);
      plan.poison(Float.NaN);
      give.accept(plan, count);
      for (int i = 0; i < count; i++) {
        plan.input(Model.TARGET, i, i % 4);
      }
      plan.run(count);
    }
    assertThat(gradients.values()).doesNotContain(Float.NaN);
    return gradients.values();
  }
}
