package dev.vitrine.lab.studies;

import dev.vitrine.data.Dataset;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.optim.Sgd;
import dev.vitrine.tensor.Layout;
import dev.vitrine.train.Evaluator;
import dev.vitrine.train.Recipe;
import dev.vitrine.train.TrainingSession;
import dev.vitrine.zoo.Zoo;
import java.util.ArrayList;
import java.util.List;

/**
 * The weights of a network's first layer through a training with weight decay.
 *
 * @param start what they began as
 * @param deviations their root mean square at the start and after each epoch
 * @param unlit the same of weights whose pixel is 0 in every image, which decay alone moves
 * @param netShares of each epoch: decay's part of what moved the weights, as norms of sums over its
 *     steps
 * @param stepShares of each epoch: decay's part of its single steps, as sums of norms
 * @param accuracy on held images at the end
 */
record DecayTrace(
    String start,
    List<Double> deviations,
    List<Double> unlit,
    List<Double> netShares,
    List<Double> stepShares,
    double accuracy) {
  private static final String LAYER = "linear1.weight";

  /**
   * Trains.
   *
   * @param decay λ/n, what a step takes of each weight, times η
   */
  static DecayTrace of(
      Desk desk, StudyImages images, String start, Initializer weights, double decay) {
    NetworkSpec spec = Zoo.find(desk.words("network").getFirst(), images.train().shape(), 10);
    Model model = Model.of(spec.layers(), spec.input(), weights, desk.seed());
    double rate = desk.numbers("rate").getFirst();
    Recipe recipe =
        Recipe.of(Sgd.of(rate).weightDecay(decay))
            .batchSize(desk.counts("batch").getFirst())
            .epochs(desk.counts("epochs").getFirst())
            .decayBiases(false)
            .seed(desk.seed());
    TrainingSession session = new TrainingSession(model, recipe, images.train(), desk.compute());
    Layer layer = new Layer(model, lit(images.train()));
    DecayTrace trace =
        new DecayTrace(
            start,
            new ArrayList<>(List.of(layer.size(false))),
            new ArrayList<>(List.of(layer.size(true))),
            new ArrayList<>(),
            new ArrayList<>(),
            0);
    while (session.step() < session.course().totalSteps()) {
      desk.progress().accept("%s, epoch %s".formatted(start, trace.netShares.size() + 1));
      epoch(session, layer, rate * decay, rate, trace);
    }
    double accuracy =
        new Evaluator(model, images.held(), recipe.normalisation(), desk.compute())
            .evaluate(0)
            .accuracy();
    return new DecayTrace(
        start, trace.deviations, trace.unlit, trace.netShares, trace.stepShares, accuracy);
  }

  private static void epoch(
      TrainingSession session, Layer layer, double shrink, double rate, DecayTrace trace) {
    double[] before = layer.copy();
    double[] decayed = new double[before.length];
    double decaySizes = 0;
    double slopeSizes = 0;
    do {
      double squares = 0;
      for (int i = 0; i < decayed.length; i++) {
        double part = shrink * layer.at(i);
        decayed[i] += part;
        squares += part * part;
      }
      decaySizes += Math.sqrt(squares);
      session.advance();
      double slopes = 0;
      for (int i = 0; i < decayed.length; i++) {
        double g = rate * session.gradients().values()[layer.from + i];
        slopes += g * g;
      }
      slopeSizes += Math.sqrt(slopes);
    } while (!session.course().atEpochEnd(session.step()));
    double byDecay = 0;
    double bySlope = 0;
    for (int i = 0; i < decayed.length; i++) {
      double rest = layer.at(i) - before[i] + decayed[i];
      byDecay += decayed[i] * decayed[i];
      bySlope += rest * rest;
    }
    trace.netShares.add(Math.sqrt(byDecay) / (Math.sqrt(byDecay) + Math.sqrt(bySlope)));
    trace.stepShares.add(decaySizes / (decaySizes + slopeSizes));
    trace.deviations.add(layer.size(false));
    trace.unlit.add(layer.size(true));
  }

  /** Which pixels are not 0 in some image. */
  private static boolean[] lit(Dataset data) {
    boolean[] lit = new boolean[data.shape().elements()];
    for (int example = 0; example < data.size(); example++) {
      for (int i = 0; i < lit.length; i++) {
        lit[i] |= data.pixel(example, i) != 0;
      }
    }
    return lit;
  }

  /** By what the deviation was multiplied in an epoch, from 1. */
  double factor(int epoch) {
    return deviations.get(epoch) / deviations.get(epoch - 1);
  }

  /** By what the weights of dark pixels were multiplied in an epoch, the mean over all epochs. */
  double unlitFactor() {
    return Math.pow(unlit.getLast() / unlit.getFirst(), 1.0 / (unlit.size() - 1));
  }

  /** The first epoch that shrinks less than half as much as predicted; 0 if none does. */
  int tailsOff(double predicted) {
    for (int epoch = 1; epoch < deviations.size(); epoch++) {
      if (1 - factor(epoch) < (1 - predicted) / 2) {
        return epoch;
      }
    }
    return 0;
  }

  /** The first layer's weights where they lie. */
  private static final class Layer {
    private final float[] values;
    private final int from;
    private final int count;
    private final boolean[] lit;

    Layer(Model model, boolean[] lit) {
      Layout.Entry entry = model.parameters().layout().entry(LAYER);
      values = model.parameters().values();
      from = entry.offset();
      count = entry.shape().elements();
      this.lit = lit;
    }

    double at(int i) {
      return values[from + i];
    }

    double[] copy() {
      double[] copy = new double[count];
      for (int i = 0; i < count; i++) {
        copy[i] = at(i);
      }
      return copy;
    }

    /** The root mean square of all, or of those of dark pixels. */
    double size(boolean dark) {
      double squares = 0;
      int counted = 0;
      for (int i = 0; i < count; i++) {
        if (!dark || !lit[i % lit.length]) {
          squares += at(i) * at(i);
          counted++;
        }
      }
      return Math.sqrt(squares / counted);
    }
  }
}
