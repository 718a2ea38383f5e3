package dev.vitrine.zoo;

import dev.vitrine.nn.Activation;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Sequential;
import dev.vitrine.tensor.Shape;
import java.util.List;

/** Before convolutions: threshold units, Adalines, and layers of them. */
final class EarlyNets {
  private static final Layer RELU = Activation.relu();

  private EarlyNets() {}

  static List<Blueprint> all() {
    Shape digit = Shape.of(1, 28, 28);
    return List.of(
        new Blueprint("mlp", "MLP 100-100", digit, 10, EarlyNets::mlp),
        new Blueprint("linear", "Linear classifier", digit, 10, EarlyNets::linear),
        Blueprint.fixed("perceptron", "Perceptron", Shape.of(1, 20, 20), perceptron()),
        Blueprint.fixed("adaline", "Adaline", Shape.of(1, 4, 4), adaline()),
        Blueprint.fixed("madaline", "Madaline for XOR", Shape.of(2), madaline()));
  }

  /** Two hidden layers of 100 (Nielsen, 2015): 89,610 parameters. */
  private static Layer mlp(int classes) {
    return Sequential.of(
        Flatten.of(), Linear.of(100), RELU, Linear.of(100), RELU, Linear.of(classes));
  }

  /** Softmax regression: 7,850 parameters. */
  private static Layer linear(int classes) {
    return Sequential.of(Flatten.of(), Linear.of(classes));
  }

  /** One threshold unit on the 20×20 photocells of the Mark I (Rosenblatt, 1958): 401. */
  private static Layer perceptron() {
    return Sequential.of(Flatten.of(), Linear.of(1), ThresholdUnit.of());
  }

  /**
   * An adaptive linear neuron on a board of 4×4 switches (Widrow and Hoff, 1960): 17. It learns
   * from its sum, so that its threshold is no part of the network.
   */
  private static Layer adaline() {
    return Sequential.of(Flatten.of(), Linear.of(1));
  }

  /** Two threshold units under a third, the smallest that can tell XOR: 9 parameters. */
  private static Layer madaline() {
    return Sequential.of(Linear.of(2), ThresholdUnit.of(), Linear.of(1), ThresholdUnit.of());
  }
}
