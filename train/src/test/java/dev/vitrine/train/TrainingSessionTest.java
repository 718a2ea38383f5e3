package dev.vitrine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.data.Dataset;
import dev.vitrine.error.UserException;
import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Dropout;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Sequential;
import dev.vitrine.optim.Adam;
import dev.vitrine.optim.Sgd;
import dev.vitrine.plan.Compute;
import dev.vitrine.plan.Plan;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parts of a training, used by themselves. */
class TrainingSessionTest {
  private final Dataset data = TinyImages.bars(130, 1);

  private static Model model() {
    return Model.of(
        Sequential.of(
            Conv2d.of(4, 3), BatchNorm2d.of(), Flatten.of(), Dropout.of(0.1), Linear.of(3)),
        TinyImages.SHAPE,
        Initializer.kaimingNormal(),
        Seed.of(3));
  }

  /** Without dropout, whose numbers belong to a place in the batch. */
  private static Model plain() {
    return Model.of(
        Sequential.of(Conv2d.of(4, 3), Flatten.of(), Linear.of(3)),
        TinyImages.SHAPE,
        Initializer.kaimingNormal(),
        Seed.of(3));
  }

  @Test
  void anOwnLoopOfThePartsGivesTheSameBits() {
    Recipe recipe = Recipe.of(Adam.of(0.01)).batchSize(37).epochs(3).seed(Seed.of(5));
    Model expected = model();
    Trainer.of(expected, recipe.optimizer()).recipe(recipe).threads(2).fit(data);
    Model own = model();
    try (Compute compute = Compute.of(1)) {
      BatchSource batches = DatasetBatches.of(data, recipe, own);
      GradientSource gradients = PlanGradients.of(own, recipe, compute);
      ParameterUpdate update = new ParameterUpdate(own, recipe, compute.workers());
      BufferUpdate averages = new BufferUpdate(gradients);
      for (long step = 0; step < 12; step++) {
        Batch batch = batches.at(step);
        gradients.compute(batch, step);
        update.apply(gradients.gradients(), 0.01, step);
        averages.apply(batch.size());
      }
    }
    assertThat(own.parameters().hash()).isEqualTo(expected.parameters().hash());
  }

  /** By plain gradient descent's own formula, parameter by parameter. */
  @Test
  void theGradientsOfAStepCanBeRead() {
    Model model = model();
    Parameters before = new Parameters(model.parameters().layout(), values(model).clone());
    try (Compute compute = Compute.of(1)) {
      Recipe recipe = Recipe.of(Sgd.of(0.125)).batchSize(37).seed(Seed.of(5));
      TrainingSession session = new TrainingSession(model, recipe, data, compute);
      session.advance();
      for (Layout.Entry entry : before.layout().entries()) {
        float[] expected = before.get(entry.name());
        float[] gradient = session.gradients().get(entry.name());
        for (int i = 0; i < expected.length; i++) {
          expected[i] = Math.fma(-0.125f, gradient[i], expected[i]);
        }
        if (entry.name().contains("running")) {
          assertThat(gradient).as(entry.name()).containsOnly(0);
        } else {
          assertThat(gradient).as(entry.name()).isNotEqualTo(new float[gradient.length]);
          assertThat(model.parameters().get(entry.name())).as(entry.name()).isEqualTo(expected);
        }
      }
    }
  }

  private static float[] values(Model model) {
    return model.parameters().values();
  }

  @Test
  void aBatchIsAFunctionOfItsStep() {
    Recipe recipe = Recipe.of(Sgd.of(0.1)).batchSize(37).seed(Seed.of(5));
    BatchSource forwards = DatasetBatches.of(data, recipe, model());
    BatchSource backwards = DatasetBatches.of(data, recipe, model());
    assertThat(forwards.stepsPerEpoch()).isEqualTo(4);
    int[][] labels = new int[9][];
    for (int step = 0; step < 9; step++) {
      labels[step] = labels(forwards.at(step));
    }
    assertThat(Arrays.stream(labels).mapToInt(l -> l.length))
        .containsExactly(37, 37, 37, 19, 37, 37, 37, 19, 37);
    assertThat(labels[4]).isNotEqualTo(labels[0]);
    for (int step = 8; step >= 0; step--) {
      assertThat(labels(backwards.at(step))).isEqualTo(labels[step]);
    }
  }

  private static int[] labels(Batch batch) {
    int[] labels = new int[batch.size()];
    Arrays.setAll(labels, batch::label);
    return labels;
  }

  /** The mean of two halves' gradients is the whole's, but for rounding. */
  @Test
  void anotherSourceOfGradientsTrainsTheSame() {
    Recipe recipe = Recipe.of(Sgd.of(0.05).momentum(0.9)).batchSize(26).seed(Seed.of(5));
    Model whole = plain();
    Model halves = plain();
    try (Compute compute = Compute.of(1)) {
      TrainingSession expected = new TrainingSession(whole, recipe, data, compute);
      TrainingSession session =
          new TrainingSession(
              recipe,
              DatasetBatches.of(data, recipe, halves),
              new Halves(halves, recipe, compute),
              compute);
      for (int step = 0; step < 5; step++) {
        assertThat(session.advance()).isCloseTo(expected.advance(), within(1e-5));
      }
      assertThat(session.progress().epochCorrect()).isPositive();
    }
    assertThat(values(halves)).containsExactly(values(whole), within(1e-5f));
    assertThat(values(halves)).isNotEqualTo(values(plain()));
  }

  /** A batch of four whose feeding stops after some, and whose class numbers are one's own. */
  private static Batch of(Dataset data, int fed, float label) {
    return new Batch() {
      @Override
      public int size() {
        return 4;
      }

      @Override
      public void feed(Plan plan, int from, int count) {
        float[] pixels = new float[TinyImages.SHAPE.elements()];
        for (int i = 0; i < fed; i++) {
          plan.input("input", i, pixels);
          plan.input("target", i, label);
        }
      }

      @Override
      public int label(int example) {
        return data.label(example);
      }
    };
  }

  @ParameterizedTest
  @CsvSource({"3, 3", "-1, -1", "2.5, 2.5", "NaN, NaN", "99, 99"})
  void aClassThatIsNoneIsRefused(float label, String said) {
    try (Compute compute = Compute.of(2)) {
      GradientSource gradients =
          PlanGradients.of(plain(), Recipe.of(Sgd.of(1)).batchSize(4), compute);
      assertThatThrownBy(() -> gradients.compute(of(data, 4, label), 0))
          .isInstanceOf(UserException.class)
          .hasMessage("SoftmaxCrossEntropy expects a class number from 0 to 2, but got " + said);
      assertThat(gradients.compute(of(data, 4, 2), 0)).isPositive();
    }
  }

  @Test
  void aBatchThatFeedsTooFewIsRefused() {
    try (Compute compute = Compute.of(1)) {
      GradientSource gradients =
          PlanGradients.of(plain(), Recipe.of(Sgd.of(1)).batchSize(4), compute);
      gradients.compute(of(data, 4, 0), 0);
      assertThatThrownBy(() -> gradients.compute(of(data, 3, 0), 1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "Input \"input\" was given no example 3, but the run is of 4, from 0 on: give it first");
    }
  }

  @Test
  void anotherNetworksGradientsAreRefused() {
    try (Compute compute = Compute.of(1)) {
      ParameterUpdate update =
          new ParameterUpdate(plain(), Recipe.of(Sgd.of(1)), compute.workers());
      Map<String, Shape> shapes = new LinkedHashMap<>();
      for (Layout.Entry entry : plain().parameters().layout().entries()) {
        shapes.put("my" + entry.name(), entry.shape());
      }
      Parameters other = Parameters.zeros(Layout.of(shapes));
      assertThat(other.values()).hasSameSizeAs(plain().parameters().values());
      assertThatThrownBy(() -> update.apply(other, 1, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(
              "An update expects gradients laid out as its model's parameters, \"conv1.weight (4, 1");
      assertThatThrownBy(() -> update.apply(TinyImages.model().parameters(), 1, 0))
          .isInstanceOf(IllegalArgumentException.class);
      update.apply(Parameters.zeros(plain().parameters().layout()), 1, 0);
    }
  }
}
