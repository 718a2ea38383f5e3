package dev.vitrine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.data.Dataset;
import dev.vitrine.error.UserException;
import dev.vitrine.image.Normalisation;
import dev.vitrine.metrics.Evaluation;
import dev.vitrine.metrics.Mistake;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Sequential;
import dev.vitrine.op.Reshape;
import dev.vitrine.op.Softmax;
import dev.vitrine.optim.Sgd;
import dev.vitrine.plan.Compute;
import dev.vitrine.predict.Predictor;
import dev.vitrine.tensor.Shape;
import org.junit.jupiter.api.Test;

/** A network that ends in a softmax says probabilities: nobody takes another softmax of them. */
class SoftmaxEndTest {
  private static final Layer SOFTMAX = (network, x) -> network.apply(new Softmax(), x);
  private static final Layer MAPS =
      (network, x) -> network.apply(new Reshape(Shape.of(x.shape().elements(), 1, 1)), x);
  private static final Dataset DATA = TinyImages.bars(60, 1);

  private static Model ending(Layer... end) {
    Model logits = TinyImages.model();
    Layer whole = Sequential.of(TinyImages.NETWORK, Sequential.of(end));
    Model model = Model.of(whole, TinyImages.SHAPE);
    float[] numbers = logits.parameters().values();
    System.arraycopy(numbers, 0, model.parameters().values(), 0, numbers.length);
    return model;
  }

  private static Evaluation evaluation(Model model) {
    try (Compute compute = Compute.of(1)) {
      return new Evaluator(model, DATA, Normalisation.UNIT, compute).evaluate(60);
    }
  }

  @Test
  void evaluationAndPredictorSayTheSame() {
    Evaluation logits = evaluation(TinyImages.model());
    assertThat(logits.worst()).hasSizeGreaterThan(10);
    for (Model model : new Model[] {ending(SOFTMAX), ending(MAPS, SOFTMAX, Flatten.of())}) {
      Evaluation evaluation = evaluation(model);
      assertThat(evaluation.confusion().counts()).isEqualTo(logits.confusion().counts());
      assertThat(evaluation.meanLoss()).isCloseTo(logits.meanLoss(), within(1e-6));
      try (Predictor predictor = Predictor.of(model)) {
        for (Mistake mistake : evaluation.worst()) {
          double[] p = predictor.probabilities(example(mistake.example()));
          assertThat(mistake.best().probability()).isEqualTo(p[mistake.best().index()]);
          assertThat(mistake.second().probability()).isEqualTo(p[mistake.second().index()]);
          assertThat(mistake.loss()).isEqualTo(-StrictMath.log(p[mistake.actual()]));
        }
      }
    }
  }

  private static float[] example(int index) {
    float[] numbers = new float[TinyImages.SHAPE.elements()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Normalisation.UNIT.number(DATA.pixel(index, i), 0);
    }
    return numbers;
  }

  @Test
  void trainingOnASecondSoftmaxIsRefused() {
    for (Model model : new Model[] {ending(SOFTMAX), ending(MAPS, SOFTMAX, Flatten.of())}) {
      assertThatThrownBy(() -> Trainer.of(model, Sgd.of(0.1)).batchSize(10).fit(DATA))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "Cross-entropy has a softmax of its own and expects logits, but the network ends in a"
                  + " softmax: leave that out, or use a loss of your own that takes probabilities");
    }
  }
}
