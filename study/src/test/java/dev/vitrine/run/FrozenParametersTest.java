package dev.vitrine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.data.DataSplits;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Named;
import dev.vitrine.nn.Sequential;
import dev.vitrine.optim.Sgd;
import dev.vitrine.plan.Compute;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import dev.vitrine.train.Recipe;
import dev.vitrine.train.TrainingSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that training leaves alone, in trainings that are interrupted and gone on with. */
class FrozenParametersTest {
  @TempDir private Path box;

  /** A run's configuration freezes a parameter by the rate 0. */
  @ParameterizedTest
  @ValueSource(longs = {0, 5, 24, 41})
  void aRunGoesOnToTheSameBytesAndLeavesThemAlone(long steps) throws IOException {
    RunConfig tiny = TinyRuns.config(Sgd.of(0.05).momentum(0.9).weightDecay(0.5));
    Recipe recipe = tiny.recipe().decayBiases(true).rate("conv1.weight", 0).rate("linear1.bias", 0);
    RunConfig config = new RunConfig(tiny.command(), tiny.network(), tiny.data(), recipe);
    DataSplits data = RunImages.prepare(config, TinyRuns.splits());
    RunFolder whole = new RunFolder(box.resolve("whole"));
    RunFolder broken = new RunFolder(box.resolve("broken"));
    try (Compute compute = Compute.of(1)) {
      TinyRuns.train(Run.start(whole.path(), config, data, compute), Long.MAX_VALUE);
      TinyRuns.train(Run.start(broken.path(), config, data, compute), steps);
    }
    try (Compute compute = Compute.of(3)) {
      TinyRuns.train(Run.resume(broken, data, compute), Long.MAX_VALUE);
    }
    assertThat(Files.readAllBytes(broken.checkpoint()))
        .isEqualTo(Files.readAllBytes(whole.checkpoint()));
    Model first = config.newModel();
    Model last = config.newModel();
    Checkpoint.readParameters(broken.checkpoint(), last);
    for (String frozen : new String[] {"conv1.weight", "linear1.bias"}) {
      assertThat(last.parameters().get(frozen)).containsExactly(first.parameters().get(frozen));
    }
    assertThat(last.parameters().get("linear1.weight"))
        .isNotEqualTo(first.parameters().get("linear1.weight"));
  }

  /** No layer of a network file holds fixed numbers; one of one's own may. */
  @Test
  void fixedNumbersOfALayerComeBackFromACheckpoint() {
    Model whole = model();
    float[] fixed = whole.parameters().get("scale.by").clone();
    Model broken = model();
    Path file = box.resolve("state.safetensors");
    try (Compute compute = Compute.of(2)) {
      advance(session(whole, compute), 40);
      TrainingSession first = session(broken, compute);
      advance(first, 17);
      Checkpoint.write(file, first.state(), Map.of());
      Model again = model();
      again.parameters().set("scale.by", new float[fixed.length]);
      TrainingSession second = session(again, compute);
      second.restore(Checkpoint.read(file, again, recipe().optimizer().state()));
      advance(second, 23);
      assertThat(again.parameters().hash()).isEqualTo(whole.parameters().hash());
      assertThat(again.parameters().get("scale.by")).containsExactly(fixed);
    }
  }

  private static void advance(TrainingSession session, int steps) {
    for (int i = 0; i < steps; i++) {
      session.advance();
    }
  }

  private static Recipe recipe() {
    return Recipe.of(Sgd.of(0.05).momentum(0.9).weightDecay(0.5)).batchSize(7).epochs(9);
  }

  private static TrainingSession session(Model model, Compute compute) {
    return new TrainingSession(model, recipe(), TinyRuns.images(130, 1), compute);
  }

  private static Model model() {
    Layer scale =
        (network, x) ->
            network.multiply(x, network.fixed("by", Shape.of(12), Initializer.uniform(0.9)));
    return Model.of(
        Sequential.of(
            Flatten.of(),
            Linear.of(12),
            Named.of("scale", scale),
            Activation.relu(),
            Linear.of(10)),
        Shape.of(1, 8, 8),
        Initializer.normal(0.2),
        Seed.of(3));
  }
}
