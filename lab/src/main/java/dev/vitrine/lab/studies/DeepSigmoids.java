package dev.vitrine.lab.studies;

import dev.vitrine.data.digits.Digits;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.NetworkBuilder;
import dev.vitrine.nn.Sequential;
import dev.vitrine.op.Value;
import dev.vitrine.optim.Sgd;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.train.DatasetBatches;
import dev.vitrine.train.PlanGradients;
import dev.vitrine.train.Recipe;
import java.util.ArrayList;
import java.util.List;

/** Networks of many sigmoid layers, and how large the gradient is in each at the start. */
final class DeepSigmoids {
  private static final int BATCH = 256;

  private DeepSigmoids() {}

  /** A sigmoid of k times its input. */
  record Steep(double k) implements Layer {
    @Override
    public Value apply(NetworkBuilder network, Value x) {
      return network.sigmoid(network.scale(x, k));
    }
  }

  /**
   * A network of hidden layers of units {@code σ(k z)}, its weights drawn with variance 1/n.
   *
   * @param centred whether biases are −½ Σw, so that inputs around ½ cancel as in the chain
   */
  static Model model(Desk desk, int depth, int width, double k, boolean centred) {
    List<Layer> layers = new ArrayList<>(List.of(Flatten.of()));
    for (int i = 0; i < depth; i++) {
      layers.add(Linear.of(width));
      layers.add(new Steep(k));
    }
    layers.add(Linear.of(10));
    Model model =
        Model.of(Sequential.of(layers), Digits.SHAPE, Initializer.leCunNormal(), desk.seed());
    if (centred) {
      for (int layer = 2; layer <= depth + 1; layer++) {
        centre(model.parameters(), layer);
      }
    }
    return model;
  }

  private static void centre(Parameters parameters, int layer) {
    float[] weights = parameters.get("linear%s.weight".formatted(layer));
    float[] biases = parameters.get("linear%s.bias".formatted(layer));
    int inputs = weights.length / biases.length;
    for (int unit = 0; unit < biases.length; unit++) {
      double sum = 0;
      for (int i = 0; i < inputs; i++) {
        sum += weights[unit * inputs + i];
      }
      biases[unit] = (float) (-sum / 2);
    }
    parameters.set("linear%s.bias".formatted(layer), biases);
  }

  /**
   * The norms of the gradient of each hidden layer's biases, that is of the mean δ over a batch,
   * from the first layer on.
   */
  static List<Double> norms(Desk desk, StudyImages images, Model model, int depth) {
    Recipe recipe = Recipe.of(Sgd.of(0.1)).batchSize(BATCH).seed(desk.seed());
    PlanGradients source = PlanGradients.of(model, recipe, desk.compute());
    source.compute(DatasetBatches.of(images.train(), recipe, model).at(0), 0);
    List<Double> norms = new ArrayList<>();
    for (int layer = 1; layer <= depth; layer++) {
      double squares = 0;
      for (float g : source.gradients().get("linear%s.bias".formatted(layer))) {
        squares += (double) g * g;
      }
      norms.add(Math.sqrt(squares));
    }
    source.release();
    return norms;
  }
}
