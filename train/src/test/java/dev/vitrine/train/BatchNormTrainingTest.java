package dev.vitrine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.data.Dataset;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.nn.Sequential;
import dev.vitrine.optim.Adam;
import dev.vitrine.optim.Sgd;
import dev.vitrine.plan.Compute;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Running averages: what they come to, and that they come to it however a training goes. */
class BatchNormTrainingTest {
  private static final Layer NETWORK =
      Sequential.of(
          Conv2d.of(4, 3).bias(false),
          BatchNorm2d.of(),
          Activation.relu(),
          MaxPool2d.of(2),
          Flatten.of(),
          Linear.of(12),
          BatchNorm2d.of().momentum(0.3),
          Activation.relu(),
          Linear.of(3));

  private static Model model(Layer network, Shape input) {
    return Model.of(
        network, input, Initializer.kaimingNormal(), Initializer.constant(0.7), Seed.of(3));
  }

  private static Recipe recipe() {
    return Recipe.of(Adam.of(0.01)).batchSize(37).epochs(3).seed(Seed.of(5));
  }

  @Test
  void itStartsAsTheIdentity() {
    Model model = model(NETWORK, TinyImages.SHAPE);
    assertThat(model.parameters().get("batchnorm1.weight")).containsOnly(1);
    assertThat(model.parameters().get("batchnorm1.bias")).containsOnly(0);
    assertThat(model.parameters().get("batchnorm1.running_mean")).containsOnly(0);
    assertThat(model.parameters().get("batchnorm1.running_var")).containsOnly(1);
    assertThat(model.parameters().get("linear1.bias")).containsOnly(0.7f);
  }

  /** Pixels 0 and 1 of three images: means and variances by hand, as PyTorch's formula has it. */
  @Test
  void runningAveragesAfterOneStepByHand() {
    Layer one = Sequential.of(BatchNorm2d.of(), Flatten.of(), Linear.of(2));
    byte[] pixels = {0, 51, 102, (byte) 153, (byte) 204, (byte) 255}; // a fifth of the way each
    Dataset data =
        Dataset.of("six", Shape.of(1, 1, 2), pixels, new byte[] {0, 1, 0}, List.of("a", "b"));
    Model model = model(one, Shape.of(1, 1, 2));
    Trainer.of(model, Sgd.of(0.1)).batchSize(3).fit(data);
    double variance = (0.25 + 0.09 + 0.01 + 0.01 + 0.09 + 0.25) / 5;
    assertThat(model.parameters().get("batchnorm1.running_mean")[0])
        .isCloseTo(0.05f, within(1e-8f));
    assertThat((double) model.parameters().get("batchnorm1.running_var")[0])
        .isCloseTo(0.9 + 0.1 * variance, within(1e-7));
  }

  /** A vector's last batch is a single example, whose variance nothing can be learned from. */
  @Test
  void aBatchOfOneNumberLeavesTheVariance() {
    Layer vector = Sequential.of(Flatten.of(), BatchNorm2d.of(), Linear.of(2));
    byte[] pixels = {0, 51, 102, (byte) 153};
    Dataset data =
        Dataset.of("two", Shape.of(1, 1, 2), pixels, new byte[] {0, 1}, List.of("a", "b"));
    Model model = model(vector, Shape.of(1, 1, 2));
    Trainer.of(model, Sgd.of(0.1)).batchSize(1).fit(data);
    assertThat(model.parameters().get("batchnorm1.running_var")).containsExactly(1, 1);
    assertThat(model.parameters().get("batchnorm1.running_mean")[0]).isNotZero();
    for (float value : model.parameters().values()) {
      assertThat(value).isFinite();
    }
  }

  @Test
  void buffersAreNeitherDecayedNorLearned() {
    Model model = model(NETWORK, TinyImages.SHAPE);
    Recipe recipe = recipe();
    for (ParameterSpec spec : model.specs()) {
      boolean buffer = spec.name().contains("running");
      assertThat(spec.role().learned()).isEqualTo(!buffer);
      assertThat(recipe.decays(spec)).isEqualTo(!buffer);
      assertThat(recipe.decayBiases(false).decays(spec))
          .isEqualTo(spec.role() == ParameterSpec.Role.WEIGHT);
    }
    assertThat(model.specs().stream().filter(s -> !s.role().learned())).hasSize(4);
  }

  @Test
  void theSameBitsOnAnyNumberOfThreadsInterruptedOrNot() {
    Dataset data = TinyImages.bars(130, 1); // the last batch of each epoch has 19 examples
    List<String> hashes = new ArrayList<>();
    for (int threads : new int[] {1, 2, 3}) {
      Model model = model(NETWORK, TinyImages.SHAPE);
      try (Compute compute = Compute.of(threads)) {
        TrainingSession session = new TrainingSession(model, recipe(), data, compute);
        run(session, session.course().totalSteps());
      }
      hashes.add(model.parameters().hash());
    }
    Model broken = model(NETWORK, TinyImages.SHAPE);
    TrainingState state;
    try (Compute compute = Compute.of(2)) {
      TrainingSession session = new TrainingSession(broken, recipe(), data, compute);
      run(session, 5);
      state = session.state();
    }
    Model resumed = model(NETWORK, TinyImages.SHAPE);
    try (Compute compute = Compute.of(1)) {
      TrainingSession session = new TrainingSession(resumed, recipe(), data, compute);
      session.restore(state);
      run(session, session.course().totalSteps());
    }
    hashes.add(resumed.parameters().hash());
    assertThat(hashes).containsOnly(hashes.getFirst());
    assertThat(resumed.parameters().get("batchnorm1.running_mean"))
        .isNotEqualTo(broken.parameters().get("batchnorm1.running_mean"));
  }

  private static void run(TrainingSession session, long until) {
    while (session.step() < until) {
      session.advance();
    }
  }

  /** Evaluation takes the running averages: an example's answer does not depend on the others. */
  @Test
  void itLearnsAndIsEvaluatedByItsRunningAverages() {
    Dataset test = TinyImages.bars(90, 2);
    Model model = model(NETWORK, TinyImages.SHAPE);
    Trainer.Result result =
        Trainer.of(model, Sgd.of(0.1).momentum(0.9))
            .batchSize(30)
            .epochs(6)
            .validation(test)
            .seed(Seed.of(5))
            .fit(TinyImages.bars(300, 1));
    assertThat(result.evaluate(test).accuracy()).isGreaterThan(0.95);
    assertThat(result.epochs().getLast().validation().orElseThrow().accuracy())
        .isEqualTo(result.evaluate(test).accuracy());
    float[] variance = model.parameters().get("batchnorm2.running_var");
    java.util.Arrays.fill(variance, 1e6f);
    model.parameters().set("batchnorm2.running_var", variance);
    assertThat(result.evaluate(test).accuracy()).isLessThan(0.6);
  }
}
