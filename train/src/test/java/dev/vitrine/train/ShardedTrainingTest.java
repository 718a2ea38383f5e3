package dev.vitrine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.data.Dataset;
import dev.vitrine.data.EpochOrder;
import dev.vitrine.graph.Interpreter;
import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Sequential;
import dev.vitrine.op.Value;
import dev.vitrine.optim.Adam;
import dev.vitrine.optim.Sgd;
import dev.vitrine.plan.Compute;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Trainings whose batches are cut: the same gradients but for rounding, and always the same bits.
 */
class ShardedTrainingTest {
  private static final Layer NORMALISED =
      Sequential.of(Flatten.of(), Linear.of(9), BatchNorm2d.of(), Linear.of(3));

  private static Recipe recipe(int shards) {
    return Recipe.of(Adam.of(0.01)).batchSize(37).epochs(2).seed(Seed.of(5)).shards(shards);
  }

  /** The whole batch in double precision, with dropout's masks, against the sum of its shards. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 7, 37})
  void theGradientIsTheWholeBatchsInDoublePrecision(int shards) {
    Dataset data = TinyImages.bars(37, 1);
    Model model = TinyImages.model();
    Recipe recipe = recipe(shards);
    try (Compute compute = Compute.of(2)) {
      GradientSource source = GradientSource.of(model, recipe, compute);
      assertThat(source instanceof ShardedGradients).isEqualTo(shards > 1);
      Interpreter.Values doubles = interpreted(source, recipe, data);
      double loss = source.compute(DatasetBatches.of(data, recipe, model).at(0), 0);
      assertThat(loss).isCloseTo(doubles.number(source.training().loss()), within(1e-6));
      source
          .training()
          .gradients()
          .forEach((name, gradient) -> {
            double[] expected = doubles.of(gradient);
            float[] got = source.gradients().get(name);
            for (int e = 0; e < got.length; e++) {
              assertThat((double) got[e]).as(name).isCloseTo(expected[e], within(2e-6));
            }
          });
      float[] output = new float[3];
      double[] expected = doubles.of(source.training().output(), 36);
      source.output(36, output);
      for (int c = 0; c < output.length; c++) {
        assertThat((double) output[c]).isCloseTo(expected[c], within(1e-5));
      }
    }
  }

  private static Interpreter.Values interpreted(
      GradientSource source, Recipe recipe, Dataset data) {
    int n = data.size();
    int[] order = EpochOrder.of(n, recipe.seed(), 0);
    double[][] images = new double[n][data.shape().elements()];
    double[][] labels = new double[n][1];
    for (int i = 0; i < n; i++) {
      for (int e = 0; e < images[i].length; e++) {
        images[i][e] = (data.pixels()[data.offset(order[i]) + e] & 0xFF) / 255.0;
      }
      labels[i][0] = data.label(order[i]);
    }
    Interpreter interpreter = new Interpreter(n, 0, recipe.seed());
    interpreter.input(Model.INPUT, images).input(Model.TARGET, labels);
    source
        .model()
        .specs()
        .forEach(spec -> {
          float[] values = source.model().parameters().get(spec.name());
          double[] wide = new double[values.length];
          for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
          }
          interpreter.parameter(spec.name(), wide);
        });
    return interpreter.run(source.training().graph());
  }

  /** The epochs' last batch of 19 examples, interrupted, and with members who have some shards. */
  @ParameterizedTest
  @ValueSource(ints = {4, 7, 25})
  void theSameBitsOnAnyThreadsInterruptedOrByMembers(int shards) {
    Dataset data = TinyImages.bars(130, 1);
    List<String> hashes = new ArrayList<>();
    for (int threads : new int[] {1, 2, 3}) {
      Model model = TinyImages.model();
      try (Compute compute = Compute.of(threads)) {
        TrainingSession session = new TrainingSession(model, recipe(shards), data, compute);
        run(session, 5);
        TrainingState state = session.state();
        Model other = TinyImages.model();
        TrainingSession resumed = new TrainingSession(other, recipe(shards), data, compute);
        resumed.restore(state);
        run(session, session.course().totalSteps());
        run(resumed, session.course().totalSteps());
        hashes.add(other.parameters().hash() + session.progress());
        hashes.add(model.parameters().hash() + resumed.progress());
      }
    }
    hashes.add(byMembers(shards, data));
    assertThat(hashes).containsOnly(hashes.getFirst());
    assertThat(hashes.getFirst()).startsWith(trained(shards, data));
    assertThat(trained(1, data)).isNotEqualTo(trained(shards, data));
  }

  /** Three members, each with a plan and a copy of the parameters of its own, and uneven parts. */
  private static String byMembers(int shards, Dataset data) {
    Model model = TinyImages.model();
    Recipe recipe = recipe(shards);
    try (Compute compute = Compute.of(1)) {
      Model copy = TinyImages.model();
      ShardWork work = ShardWork.of(copy, recipe, compute);
      ShardSource members =
          new ShardSource() {
            @Override
            public void compute(ShardStep step, ShardTree sums) {
              System.arraycopy(
                  model.parameters().values(),
                  0,
                  copy.parameters().values(),
                  0,
                  copy.parameters().values().length);
              int parts = recipe.cut().of(step.batch().size());
              int[] bounds = {0, 1, parts / 2 + 1, parts};
              for (int member = 0; member < 3; member++) {
                ShardTree own = new ShardTree(copy.parameters().layout(), compute.workers());
                own.begin(parts);
                work.compute(step, bounds[member], bounds[member + 1], own);
                own.sums().forEach(sums::node);
              }
            }

            @Override
            public void output(int example, float[] into) {
              work.output(example, into);
            }

            @Override
            public void release() {
              work.release();
            }
          };
      TrainingSession session =
          new TrainingSession(
              recipe,
              DatasetBatches.of(data, recipe, model),
              new ShardedGradients(model, recipe, members, compute),
              compute);
      run(session, session.course().totalSteps());
      return model.parameters().hash() + session.progress();
    }
  }

  private static String trained(int shards, Dataset data) {
    Model model = TinyImages.model();
    Trainer.of(model, Sgd.of(0.1)).recipe(recipe(shards)).threads(2).fit(data);
    return model.parameters().hash();
  }

  private static void run(TrainingSession session, long until) {
    while (session.step() < until) {
      session.advance();
    }
  }

  /** Two shards of two examples of one number each: 0, .2 and .4, 1, whose means differ. */
  @Test
  void averagesFollowTheMeanOfTheShardsStatistics() {
    byte[] pixels = {0, 51, 102, (byte) 255};
    Dataset data =
        Dataset.of("four", Shape.of(1, 1, 1), pixels, new byte[] {0, 1, 0, 1}, List.of("a", "b"));
    Layer one = Sequential.of(BatchNorm2d.of(), Flatten.of(), Linear.of(2));
    Model model = Model.of(one, data.shape(), Initializer.kaimingNormal(), Seed.of(3));
    Trainer.of(model, Sgd.of(0.1)).batchSize(4).shards(2).fit(data);
    int[] order = EpochOrder.of(4, Seed.of(0), 0);
    double[] x = new double[4];
    for (int i = 0; i < 4; i++) {
      x[i] = (pixels[order[i]] & 0xFF) / 255.0;
    }
    double left = (x[0] - x[1]) * (x[0] - x[1]) / 2;
    double right = (x[2] - x[3]) * (x[2] - x[3]) / 2;
    assertThat((double) model.parameters().get("batchnorm1.running_mean")[0])
        .isCloseTo(0.1 * 0.4, within(1e-7));
    assertThat((double) model.parameters().get("batchnorm1.running_var")[0])
        .isCloseTo(0.9 + 0.1 * (left + right) / 2, within(1e-7));
  }

  /**
   * What is told of the gradients of a step has none of the statistics that travelled with them.
   */
  @Test
  void gradientsOfRunningAveragesAreZero() {
    Dataset data = TinyImages.bars(37, 1);
    Model model = Model.of(NORMALISED, TinyImages.SHAPE, Initializer.kaimingNormal(), Seed.of(3));
    try (Compute compute = Compute.of(1)) {
      GradientSource source = GradientSource.of(model, recipe(4), compute);
      source.compute(DatasetBatches.of(data, recipe(4), model).at(0), 0);
      assertThat(source.gradients().get("batchnorm1.running_var")).containsOnly(0);
      assertThat(source.gradients().get("linear1.weight")).isNotEqualTo(new float[9 * 64]);
      Value mean = source.training().statistics().getFirst().batchMean();
      float[] means = new float[9];
      source.statistic(mean, means);
      assertThat(means).doesNotContain(0);
    }
  }

  @Test
  void aDivergenceIsFoundInItsShard() {
    Dataset data = TinyImages.bars(37, 1);
    Model model = TinyImages.model();
    float[] bias = model.parameters().get("linear1.bias");
    bias[1] = Float.MAX_VALUE;
    model.parameters().set("linear1.bias", bias);
    float[] weights = model.parameters().get("linear1.weight");
    java.util.Arrays.fill(weights, Float.MAX_VALUE);
    model.parameters().set("linear1.weight", weights);
    try (Compute compute = Compute.of(1)) {
      TrainingSession session = new TrainingSession(model, recipe(4), data, compute);
      org.assertj.core.api.Assertions.assertThatThrownBy(session::advance)
          .isInstanceOf(DivergedException.class)
          .hasMessageContaining("It started in the output of layer linear1");
    }
  }

  @Test
  void wholeBatchesAreARecipesUsual() {
    assertThat(recipe(1).shards()).isEmpty();
    assertThat(recipe(1)).isEqualTo(recipe(4).shards(1));
    assertThat(Map.of(recipe(4), 4)).doesNotContainKey(recipe(7));
  }
}
