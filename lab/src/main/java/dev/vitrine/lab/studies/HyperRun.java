package dev.vitrine.lab.studies;

import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.optim.Sgd;
import dev.vitrine.report.Series.Point;
import dev.vitrine.train.DatasetBatches;
import dev.vitrine.train.DivergedException;
import dev.vitrine.train.Evaluator;
import dev.vitrine.train.PlanGradients;
import dev.vitrine.train.Recipe;
import dev.vitrine.zoo.Zoo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A training by plain gradient descent of which one setting is learned meanwhile.
 *
 * @param settings the setting after each step
 * @param losses means over stretches of steps
 * @param squares Σw² of the weights after each step
 * @param accuracy on held images; NaN if it diverged
 */
record HyperRun(List<Point> settings, List<Point> losses, List<Point> squares, double accuracy) {
  private static final int STRETCH = 20;

  /** Moves the weights, knowing this step's gradient. */
  interface Rule {
    /**
     * One step in place.
     *
     * @param w the parameters
     * @param g the gradient of the loss
     * @param decays which of them are weights
     * @return the setting after it
     */
    double step(float[] w, float[] g, boolean[] decays);
  }

  static HyperRun of(Desk desk, StudyImages images, Rule rule) {
    NetworkSpec spec = Zoo.find(desk.words("network").getFirst(), images.train().shape(), 10);
    Model model = Model.of(spec.layers(), spec.input(), Initializer.leCunNormal(), desk.seed());
    Recipe recipe =
        Recipe.of(Sgd.of(1)).batchSize(desk.counts("batch").getFirst()).seed(desk.seed());
    DatasetBatches batches = DatasetBatches.of(images.train(), recipe, model);
    PlanGradients source = PlanGradients.of(model, recipe, desk.compute());
    long steps = (long) batches.stepsPerEpoch() * desk.counts("epochs").getFirst();
    boolean[] decays = weights(model);
    HyperRun run =
        new HyperRun(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), Double.NaN);
    double sum = 0;
    for (long step = 0; step < steps; step++) {
      double loss = source.compute(batches.at(step), step);
      if (!Double.isFinite(loss)) {
        run.losses.add(new Point(step, loss));
        return run;
      }
      float[] w = model.parameters().values();
      double[] setting = new double[1];
      model
          .parameters()
          .change(() -> setting[0] = rule.step(w, source.gradients().values(), decays));
      source.release();
      sum += loss;
      if ((step + 1) % STRETCH == 0) {
        run.losses.add(new Point(step + 1, sum / STRETCH));
        sum = 0;
      }
      run.settings.add(new Point(step + 1, setting[0]));
      run.squares.add(new Point(step + 1, squares(w, decays)));
    }
    return new HyperRun(
        run.settings, run.losses, run.squares, accuracy(desk, images, model, recipe));
  }

  private static double accuracy(Desk desk, StudyImages images, Model model, Recipe recipe) {
    try {
      return new Evaluator(model, images.held(), recipe.normalisation(), desk.compute())
          .evaluate(0)
          .accuracy();
    } catch (DivergedException _) {
      return Double.NaN; // what "diverges" in the table says
    }
  }

  private static boolean[] weights(Model model) {
    boolean[] weights = new boolean[model.parameters().values().length];
    for (ParameterSpec spec : model.specs()) {
      if (spec.role() == ParameterSpec.Role.WEIGHT) {
        int from = model.parameters().layout().entry(spec.name()).offset();
        Arrays.fill(weights, from, from + spec.shape().elements(), true);
      }
    }
    return weights;
  }

  /** Σw² of the weights. */
  static double squares(float[] w, boolean[] decays) {
    double squares = 0;
    for (int i = 0; i < w.length; i++) {
      squares += decays[i] ? (double) w[i] * w[i] : 0;
    }
    return squares;
  }

  boolean diverged() {
    return Double.isNaN(accuracy);
  }

  double last() {
    return settings.isEmpty() ? Double.NaN : settings.getLast().y();
  }
}
