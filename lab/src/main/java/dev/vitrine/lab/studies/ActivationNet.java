package dev.vitrine.lab.studies;

import dev.vitrine.error.UserException;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.Initializers;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import dev.vitrine.zoo.Zoo;
import java.util.ArrayList;
import java.util.List;

/**
 * A perceptron of equal hidden layers with one activation function.
 *
 * @param function as network names have it; {@code linear} for none
 * @param start how its weights are drawn
 * @param depth hidden layers
 * @param width units of each
 */
record ActivationNet(String function, String start, int depth, int width) {
  /** No function at all: what a step takes without one. */
  static final String NONE = "linear";

  /** Those whose slope can be told from what they give, see {@link DeadUnits}. */
  private static final List<String> FUNCTIONS =
      List.of("sigmoid", "tanh", "relu", "leakyrelu", "elu");

  /** All that a study asks for, function by function at each depth. */
  static List<ActivationNet> all(Desk desk) {
    List<ActivationNet> all = new ArrayList<>();
    for (int depth : desk.counts("depths")) {
      all.addAll(at(desk, depth));
    }
    return all;
  }

  /**
   * The functions at one depth.
   *
   * @throws UserException if one is not known, or there are not as many starts
   */
  static List<ActivationNet> at(Desk desk, int depth) {
    List<String> functions = desk.words("functions");
    List<String> starts = desk.words("starts");
    for (String function : functions) {
      if (!FUNCTIONS.contains(function)) {
        throw UserException.unknown("activation function", function, FUNCTIONS);
      }
    }
    if (functions.size() != starts.size()) {
      throw UserException.expecting(
          "values: starts",
          "one for each of the %s functions".formatted(functions.size()),
          Integer.toString(starts.size()));
    }
    List<ActivationNet> nets = new ArrayList<>();
    for (int i = 0; i < functions.size(); i++) {
      nets.add(new ActivationNet(functions.get(i), starts.get(i), depth, desk.positive("width")));
    }
    return nets;
  }

  /** What a function is called in a sentence. */
  static String word(String function) {
    return switch (function) {
      case "relu" -> "ReLU";
      case "leakyrelu" -> "leaky ReLU";
      case "elu" -> "ELU";
      default -> function;
    };
  }

  String name() {
    return "mlp-%sx%s-%s".formatted(depth, width, function);
  }

  Model model(Shape shape, Seed seed) {
    NetworkSpec spec = Zoo.find(name(), shape, 10);
    return Model.of(spec.layers(), spec.input(), Initializers.parse(start), seed);
  }
}
