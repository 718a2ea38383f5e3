package dev.vitrine.zoo;

import dev.vitrine.nn.Layer;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.tensor.Shape;
import java.util.function.IntFunction;

/**
 * A named network, which can be built for other examples and another number of classes than it was
 * published for.
 *
 * @param input the shape of an example, as published
 * @param classes the number of classes, as published
 * @param layers the network for so many classes
 */
record Blueprint(String name, String title, Shape input, int classes, IntFunction<Layer> layers) {
  /** A network whose outputs are not classes: they are as many for all data. */
  static Blueprint fixed(String name, String title, Shape input, Layer layers) {
    return new Blueprint(name, title, input, 0, _ -> layers);
  }

  /** As it was published. */
  NetworkSpec published() {
    return built(input, classes);
  }

  /** For other examples. */
  NetworkSpec built(Shape forInput, int forClasses) {
    return new NetworkSpec(name, title, forInput, layers.apply(forClasses));
  }
}
