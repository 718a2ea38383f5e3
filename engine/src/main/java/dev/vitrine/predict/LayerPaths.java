package dev.vitrine.predict;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Model;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds what a layer computes by its path, or says why it cannot be read. */
final class LayerPaths {
  private LayerPaths() {}

  /**
   * The output of a layer.
   *
   * @throws UserException if there is no such layer, or it does nothing when a trained network is
   *     used, as dropout
   */
  static Value find(String path, Model.Network network) {
    Layer layer = network.layers().get(path);
    if (layer == null) {
      throw unknown(path, List.copyOf(network.layers().keySet()));
    }
    List<Value> within = within(path, network);
    if (within.isEmpty()) {
      throw new UserException(
          "The layer %s, %s, passes its input on when a trained network is used: %s"
              .formatted(
                  Quote.of(path),
                  line(layer),
                  isFirst(path, network)
                      ? "that is the network's input itself, so read a later layer"
                      : "read the layer before it"));
    }
    return within.getLast();
  }

  /** A layer as one would write it, its first line. */
  static String line(Layer layer) {
    return layer.text().lines().findFirst().orElse("");
  }

  /** What a layer computes, the layers within it included, in order. */
  private static List<Value> within(String path, Model.Network network) {
    List<Value> within = new ArrayList<>();
    for (Value value : network.graph().values()) {
      boolean inside = value.scope().equals(path) || value.scope().startsWith(path + ".");
      if (inside && !(value.op() instanceof Leaf)) {
        within.add(value);
      }
    }
    return within;
  }

  /** Whether no layer before this one computes anything. */
  private static boolean isFirst(String path, Model.Network network) {
    return network.layers().keySet().stream()
        .takeWhile(other -> !other.equals(path))
        .filter(other -> !path.startsWith(other + "."))
        .allMatch(other -> within(other, network).isEmpty());
  }

  /** A few of many names: whoever left out what lies between is told the whole path. */
  private static UserException unknown(String path, List<String> known) {
    int dot = path.lastIndexOf('.');
    Optional<String> inner =
        known.stream()
            .filter(name -> dot > 0 && name.startsWith(path.substring(0, dot + 1)))
            .filter(name -> name.endsWith(path.substring(dot)))
            .findFirst();
    if (inner.isPresent()) {
      return new UserException(
          "Unknown layer %s; did you mean %s?".formatted(Quote.of(path), Quote.of(inner.get())));
    }
    return UserException.unknown("layer", path, known);
  }
}
