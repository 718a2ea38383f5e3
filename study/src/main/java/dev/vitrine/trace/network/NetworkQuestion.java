package dev.vitrine.trace.network;

import dev.vitrine.error.UserException;
import dev.vitrine.nn.Loss;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Target;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * What is asked of a network. It is taken as it is used: dropout passes its input on, batch
 * normalisations have their running averages.
 *
 * @param title what it is called
 * @param model with its numbers
 * @param loss whose gradients are taken
 * @param input of the example, row-major
 * @param label the example's class, from 0
 * @param weight the weight whose gradient is unrolled; without one that with the largest gradient
 *     of the first that has one
 */
public record NetworkQuestion(
    String title, Model model, Loss loss, double[] input, int label, Optional<WeightName> weight) {
  /**
   * Checks the example.
   *
   * @throws UserException if it does not fit the network
   */
  public NetworkQuestion {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(weight, "weight");
    int expected = model.input().elements();
    if (input.length != expected) {
      throw new UserException(
          "The network expects %s numbers for its input %s, but got %s"
              .formatted(expected, model.input(), input.length));
    }
    int classes = model.output().elements();
    if (label < 0 || label >= classes) {
      throw new UserException(
          "The class expects 0 to %s, the network's outputs, but got %s"
              .formatted(classes - 1, label));
    }
  }

  /** What the loss compares the output with. */
  double[] target() {
    if (loss.target() == Target.CLASS_NUMBER) {
      return new double[] {label};
    }
    double[] target = new double[model.output().elements()];
    Arrays.fill(target, loss.target() == Target.SIGNS ? -1 : 0);
    target[label] = 1;
    return target;
  }
}
