package dev.vitrine.lab.studies;

import dev.vitrine.data.Dataset;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.optim.Sgd;
import dev.vitrine.predict.Predictor;
import dev.vitrine.train.DatasetBatches;
import dev.vitrine.train.DivergedException;
import dev.vitrine.train.Evaluator;
import dev.vitrine.train.PlanGradients;
import dev.vitrine.train.Recipe;
import dev.vitrine.train.TrainingControl;
import dev.vitrine.train.TrainingListener;
import dev.vitrine.train.TrainingSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network at its start, and what a short training makes of it.
 *
 * @param name of the start
 * @param loss on the first images, before any step
 * @param gradients of the parameters there, by name
 * @param activations of each ReLU on some images, one after another
 * @param dead of each ReLU the share of units that are 0 on all of them
 * @param identicalBefore how many units of the first layer have another's weights at the start
 * @param identicalAfter the same after the training
 * @param accuracy on held images; NaN if it diverged
 */
record Started(
    String name,
    double loss,
    Map<String, float[]> gradients,
    List<float[]> activations,
    List<Double> dead,
    int identicalBefore,
    int identicalAfter,
    double accuracy) {
  private static final int LOOKED_AT = 200;
  private static final int BATCH = 256;

  static Started of(Desk desk, StudyImages images, String name, Model model) {
    desk.progress().accept(name);
    Recipe recipe =
        Recipe.of(Sgd.of(desk.numbers("rate").getFirst()))
            .batchSize(desk.counts("batch").getFirst())
            .epochs(desk.counts("epochs").getFirst())
            .seed(desk.seed());
    Recipe large = recipe.batchSize(BATCH);
    PlanGradients source = PlanGradients.of(model, large, desk.compute());
    double loss = source.compute(DatasetBatches.of(images.train(), large, model).at(0), 0);
    Map<String, float[]> gradients = new LinkedHashMap<>();
    model.specs().forEach(s -> gradients.put(s.name(), source.gradients().get(s.name())));
    source.release();
    List<float[]> activations = new ArrayList<>();
    List<Double> dead = new ArrayList<>();
    look(desk, images.train(), model, activations, dead);
    int before = identical(model);
    double accuracy = trained(desk, images, model, recipe);
    return new Started(
        name, loss, gradients, activations, dead, before, identical(model), accuracy);
  }

  private static double trained(Desk desk, StudyImages images, Model model, Recipe recipe) {
    try {
      new TrainingSession(model, recipe, images.train(), desk.compute())
          .run(Optional.empty(), TrainingListener.SILENT, new TrainingControl());
      return new Evaluator(model, images.held(), recipe.normalisation(), desk.compute())
          .evaluate(0)
          .accuracy();
    } catch (DivergedException _) {
      return Double.NaN; // what "diverges" in the table says
    }
  }

  private static void look(
      Desk desk, Dataset data, Model model, List<float[]> activations, List<Double> dead) {
    try (Predictor predictor = Predictor.of(model, desk.compute().kernels())) {
      for (String layer : model.inference().layers().keySet()) {
        if (!layer.startsWith("relu")) {
          continue;
        }
        float[][] seen = new float[Math.min(LOOKED_AT, data.size())][];
        for (int i = 0; i < seen.length; i++) {
          seen[i] = predictor.layer(layer).read(input(data, i));
        }
        int units = seen[0].length;
        float[] all = new float[seen.length * units];
        boolean[] alive = new boolean[units];
        for (int i = 0; i < all.length; i++) {
          all[i] = seen[i / units][i % units];
          alive[i % units] |= all[i] != 0;
        }
        int living = 0;
        for (boolean one : alive) {
          living += one ? 1 : 0;
        }
        activations.add(all);
        dead.add(1 - (double) living / units);
      }
    }
  }

  private static float[] input(Dataset data, int example) {
    float[] x = new float[data.shape().elements()];
    for (int j = 0; j < x.length; j++) {
      x[j] = data.pixel(example, j) / 255f;
    }
    return x;
  }

  /** How many units of the first layer have, to the bit, the weights of an earlier one. */
  static int identical(Model model) {
    ParameterSpec first =
        model.specs().stream()
            .filter(spec -> spec.role() == ParameterSpec.Role.WEIGHT)
            .findFirst()
            .orElseThrow();
    float[] weights = model.parameters().get(first.name());
    int units = first.shape().size(0);
    int inputs = weights.length / units;
    List<String> distinct = new ArrayList<>();
    for (int unit = 0; unit < units; unit++) {
      distinct.add(
          Arrays.toString(Arrays.copyOfRange(weights, unit * inputs, (unit + 1) * inputs)));
    }
    return units - (int) distinct.stream().distinct().count();
  }

  /** The norm of a parameter's gradient. */
  double norm(String parameter) {
    double squares = 0;
    for (float g : gradients.get(parameter)) {
      squares += (double) g * g;
    }
    return Math.sqrt(squares);
  }

  /** The parameters whose gradient is not exactly 0 at the start. */
  List<String> moved() {
    return gradients.keySet().stream().filter(name -> norm(name) > 0).toList();
  }

  static double rootMeanSquare(float[] values) {
    double squares = 0;
    for (float v : values) {
      squares += (double) v * v;
    }
    return Math.sqrt(squares / values.length);
  }
}
