package dev.vitrine.lab.studies;

import dev.vitrine.data.Dataset;
import dev.vitrine.nn.Model;
import dev.vitrine.plan.Compute;
import dev.vitrine.predict.Predictor;
import java.util.ArrayList;
import java.util.List;

/**
 * Units that pass no gradient on: their function's derivative is below a thousandth of its largest
 * for every image that is looked at. Of ReLU, where that is 0, they are those that always give 0;
 * of sigmoid and tanh those that are always saturated. A unit is dead here if nothing can revive
 * it; {@code inside.UnitFaults} calls one saturated from a twentieth on, where learning is slow.
 */
final class DeadUnits {
  private static final double SHARE = 1e-3;
  private static final int LOOKED_AT = 300;

  private DeadUnits() {}

  /** The share of dead units of each hidden layer. */
  static List<Double> shares(Model model, ActivationNet net, Dataset data, Compute compute) {
    float[][] inputs = new float[Math.min(LOOKED_AT, data.size())][data.shape().elements()];
    for (int i = 0; i < inputs.length; i++) {
      for (int j = 0; j < inputs[i].length; j++) {
        inputs[i][j] = data.pixel(i, j) / 255f;
      }
    }
    List<Double> shares = new ArrayList<>();
    try (Predictor predictor = Predictor.of(model, compute.kernels())) {
      for (int layer = 1; layer <= net.depth(); layer++) {
        float[][] outputs = predictor.layer(net.function() + layer).read(inputs);
        shares.add(dead(net.function(), outputs));
      }
    }
    return shares;
  }

  /** The share of units, all of whose outputs are where the function is flat. */
  static double dead(String function, float[][] outputs) {
    int units = outputs[0].length;
    int dead = 0;
    for (int unit = 0; unit < units; unit++) {
      double most = 0;
      for (float[] output : outputs) {
        most = Math.max(most, slope(function, output[unit]));
      }
      dead += most < SHARE ? 1 : 0;
    }
    return (double) dead / units;
  }

  /** The derivative, told from the output, as a share of the function's largest. */
  static double slope(String function, double y) {
    return switch (function) {
      case "sigmoid" -> 4 * y * (1 - y);
      case "tanh" -> 1 - y * y;
      case "relu" -> y > 0 ? 1 : 0;
      case "leakyrelu" -> y > 0 ? 1 : 0.01;
      case "elu" -> y > 0 ? 1 : 1 + y;
      default -> throw new IllegalArgumentException("No derivative of " + function);
    };
  }
}
