package dev.vitrine.lab.studies;

import dev.vitrine.data.Dataset;
import dev.vitrine.nn.Model;
import dev.vitrine.optim.Sgd;
import dev.vitrine.random.Seed;
import dev.vitrine.train.DivergedException;
import dev.vitrine.train.Evaluator;
import dev.vitrine.train.Recipe;
import dev.vitrine.train.TrainingControl;
import dev.vitrine.train.TrainingListener;
import dev.vitrine.train.TrainingSession;
import java.util.List;
import java.util.Optional;

/**
 * A trained network, judged on two halves of what was held out; one that diverged is right of no
 * image.
 *
 * @param chosenBy accuracy on the half that rates are chosen by
 * @param accuracy on the other half
 * @param dead the share of dead units of each hidden layer; none of one that diverged
 */
record ActivationTraining(double chosenBy, double accuracy, List<Double> dead) {
  static ActivationTraining of(
      Desk desk, StudyImages images, ActivationNet net, double rate, long seed) {
    Model model = net.model(images.train().shape(), Seed.of(seed));
    Recipe recipe =
        Recipe.of(Sgd.of(rate))
            .batchSize(desk.counts("batch").getFirst())
            .epochs(desk.counts("epochs").getFirst())
            .seed(Seed.of(seed));
    try {
      new TrainingSession(model, recipe, images.train(), desk.compute())
          .run(Optional.empty(), TrainingListener.SILENT, new TrainingControl());
      Dataset held = images.held();
      int half = held.size() / 2;
      return new ActivationTraining(
          accuracy(desk, model, recipe, held.slice(0, half)),
          accuracy(desk, model, recipe, held.slice(half, held.size())),
          DeadUnits.shares(model, net, images.train(), desk.compute()));
    } catch (DivergedException _) {
      return new ActivationTraining(0, 0, List.of()); // right of no image
    }
  }

  private static double accuracy(Desk desk, Model model, Recipe recipe, Dataset data) {
    return new Evaluator(model, data, recipe.normalisation(), desk.compute())
        .evaluate(0)
        .accuracy();
  }
}
