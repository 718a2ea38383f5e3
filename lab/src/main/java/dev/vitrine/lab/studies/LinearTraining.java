package dev.vitrine.lab.studies;

import dev.vitrine.data.Dataset;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.optim.Sgd;
import dev.vitrine.predict.Predictor;
import dev.vitrine.random.Seed;
import dev.vitrine.train.DivergedException;
import dev.vitrine.train.Evaluator;
import dev.vitrine.train.Recipe;
import dev.vitrine.train.TrainingControl;
import dev.vitrine.train.TrainingListener;
import dev.vitrine.train.TrainingSession;
import dev.vitrine.zoo.Zoo;
import java.util.Optional;

/**
 * A trained network without activation functions, judged on two halves of what was held out; one
 * that diverged is right of no image.
 *
 * @param chosenBy accuracy on the half that rates are chosen by
 * @param accuracy on the other half
 * @param difference the largest between its outputs and those of the layer that it collapses into
 * @param scale the largest output there
 * @param parameters how many it has
 */
record LinearTraining(
    double chosenBy, double accuracy, double difference, double scale, long parameters) {
  private static final int COMPARED = 200;

  static LinearTraining of(Desk desk, StudyImages images, String network, double rate, long seed) {
    NetworkSpec spec = Zoo.find(network, images.train().shape(), 10);
    Model model = Model.of(spec.layers(), spec.input(), Initializer.leCunNormal(), Seed.of(seed));
    Recipe recipe =
        Recipe.of(Sgd.of(rate))
            .batchSize(desk.counts("batch").getFirst())
            .epochs(desk.counts("epochs").getFirst())
            .seed(Seed.of(seed));
    try {
      new TrainingSession(model, recipe, images.train(), desk.compute())
          .run(Optional.empty(), TrainingListener.SILENT, new TrainingControl());
    } catch (DivergedException _) {
      return new LinearTraining(0, 0, Double.NaN, Double.NaN, 0); // right of no image
    }
    Dataset held = images.held();
    int half = held.size() / 2;
    Collapsed one = Collapsed.of(model);
    double difference = 0;
    double scale = 0;
    float[] x = new float[held.shape().elements()];
    try (Predictor predictor = Predictor.of(model, desk.compute().kernels())) {
      for (int i = 0; i < Math.min(COMPARED, held.size()); i++) {
        for (int j = 0; j < x.length; j++) {
          x[j] = held.pixel(i, j) / 255f;
        }
        double[] whole = one.outputs(x);
        float[] deep = predictor.predict(x);
        for (int j = 0; j < deep.length; j++) {
          difference = Math.max(difference, Math.abs(whole[j] - deep[j]));
          scale = Math.max(scale, Math.abs(deep[j]));
        }
      }
    }
    return new LinearTraining(
        accuracy(desk, model, recipe, held.slice(0, half)),
        accuracy(desk, model, recipe, held.slice(half, held.size())),
        difference,
        scale,
        model.parameters().layout().elements());
  }

  private static double accuracy(Desk desk, Model model, Recipe recipe, Dataset data) {
    return new Evaluator(model, data, recipe.normalisation(), desk.compute())
        .evaluate(0)
        .accuracy();
  }
}
