package dev.vitrine.nn;

import dev.vitrine.op.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Layers one after another. Each is named by its kind and number, such as {@code conv2} or {@code
 * linear1}, unless it is {@link Named}.
 *
 * @param layers in the order in which an example passes them
 */
public record Sequential(List<Layer> layers) implements Layer {
  /** Keeps its own copy of the list, none of which may be {@code null}. */
  public Sequential {
    Objects.requireNonNull(layers, "layers");
    layers = Layers.copy("Sequential", layers);
  }

  /**
   * {@return the given layers in their order}
   *
   * @param layers in the order in which an example passes them
   */
  public static Sequential of(Layer... layers) {
    Objects.requireNonNull(layers, "layers");
    return of(Arrays.asList(layers));
  }

  /**
   * {@return the layers of a list in their order}
   *
   * @param layers in the order in which an example passes them
   */
  public static Sequential of(List<? extends Layer> layers) {
    Objects.requireNonNull(layers, "layers");
    return new Sequential(new ArrayList<>(layers));
  }

  @Override
  public Value apply(NetworkBuilder network, Value x) {
    Layers.requireNonNull(network, x);
    Map<String, Integer> count = new HashMap<>();
    Value y = x;
    for (Layer layer : layers) {
      String name =
          layer instanceof Named named
              ? named.name()
              : layer.label() + count.merge(layer.label(), 1, Integer::sum);
      y = network.add(name, layer, y);
    }
    return y;
  }

  /** One layer a line. */
  @Override
  public String toString() {
    return layers.stream()
        .map(layer -> "  " + layer.text().replace("\n", "\n  "))
        .collect(Collectors.joining(",\n", "Sequential(\n", ")"));
  }
}
