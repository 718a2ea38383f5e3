package dev.vitrine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.data.Dataset;
import dev.vitrine.data.Targets;
import dev.vitrine.error.UserException;
import dev.vitrine.image.Normalisation;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Loss;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Sequential;
import dev.vitrine.optim.Sgd;
import dev.vitrine.plan.Compute;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Numbers go the same way as bytes, and to the same bits where they are the same numbers. */
class FloatExamplesTest {
  private static final int COUNT = 37;
  private static final Shape IMAGE = Shape.of(2, 1, 3);

  private static Targets classes() {
    int[] labels = new int[COUNT];
    for (int i = 0; i < COUNT; i++) {
      labels[i] = i % 3;
    }
    return Targets.Classes.of(List.of("a", "b", "c"), labels);
  }

  private static String trainedOn(Dataset data, Normalisation normalisation) {
    Model model =
        Model.of(
            Sequential.of(Flatten.of(), Linear.of(3)),
            data.shape(),
            Initializer.leCunUniform(),
            Seed.of(4));
    Trainer trainer = Trainer.of(model, Sgd.of(0.1)).batchSize(5).epochs(2);
    trainer = trainer.recipe(trainer.recipe().normalisation(normalisation));
    Trainer.Result result = trainer.validation(data).fit(data);
    return result.model().parameters().hash() + result.evaluate(data).meanLoss();
  }

  @Test
  void numbersOfBytesGiveTheBitsOfBytes() {
    byte[] pixels = new byte[COUNT * 6];
    float[] values = new float[COUNT * 6];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 37);
      values[i] = Byte.toUnsignedInt(pixels[i]);
    }
    var each = new Normalisation(255, List.of(0.1, 0.4), List.of(0.3, 0.7));
    for (Normalisation normalisation : List.of(Normalisation.UNIT, each)) {
      assertThat(trainedOn(Dataset.of("f", IMAGE, values, classes()), normalisation))
          .isEqualTo(trainedOn(Dataset.of("b", IMAGE, pixels, classes()), normalisation));
    }
  }

  /** y = 2a − b + 1/2 + noise-free, which gradient descent finds. */
  @Test
  void aLineIsFittedToFeatures() {
    float[] values = new float[COUNT * 2];
    float[] targets = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      values[2 * i] = i % 7 - 3;
      values[2 * i + 1] = 100 * (i % 5);
      targets[i] = 2 * values[2 * i] - values[2 * i + 1] / 100 + 0.5f;
    }
    Dataset data =
        Dataset.of("line", Shape.of(2), values, Targets.Numbers.of(Shape.of(1), targets));
    Model model = Model.of(Linear.of(1), Shape.of(2));
    Trainer trainer = Trainer.of(model, Sgd.of(0.1)).loss(Loss.meanSquaredError()).epochs(100);
    Trainer.Result result =
        trainer
            .recipe(
                trainer
                    .recipe()
                    .batchSize(8)
                    .normalisation(new Normalisation(1, List.of(0.0, 200.0), List.of(1.0, 100.0))))
            .fit(data);
    assertThat(result.meanLoss(data)).isLessThan(1e-8);
    float[] weights = result.model().parameters().get("weight");
    assertThat((double) weights[0]).isCloseTo(2, within(1e-3));
    assertThat((double) weights[1]).isCloseTo(-1, within(1e-3));
  }

  @Test
  void whatDoesNotFitIsSaidOfExamplesOrFeatures() {
    Dataset data = Dataset.of("line", Shape.of(2), new float[COUNT * 2], classes());
    try (Compute compute = Compute.of(1)) {
      assertThatThrownBy(() ->
              new Evaluator(Model.of(Linear.of(3), Shape.of(4)), data, Normalisation.NONE, compute))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "The network expects examples of shape (4), but those of data set line are (2): choose another model or data");
      var three = new Normalisation(1, List.of(0.0, 1.0, 2.0), List.of(1.0));
      assertThatThrownBy(
              () -> new Evaluator(Model.of(Linear.of(3), Shape.of(2)), data, three, compute))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "The normalisation has numbers for 3 features, but the network's input is (2)");
    }
  }
}
