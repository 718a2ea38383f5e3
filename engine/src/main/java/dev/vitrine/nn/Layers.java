package dev.vitrine.nn;

import dev.vitrine.error.UserException;
import dev.vitrine.op.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What layers have in common. */
final class Layers {
  private Layers() {}

  /** Refuses {@code null} for what a layer is applied to. */
  static void requireNonNull(NetworkBuilder network, Value x) {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(x, "x");
  }

  /** A copy of a list of layers, none of which may be {@code null}. */
  static List<Layer> copy(String holder, List<? extends Layer> layers) {
    List<Layer> copy = new ArrayList<>(layers);
    int missing = copy.indexOf(null);
    if (missing >= 0) {
      throw new UserException(
          "%s expects layers, but number %s of %s is null"
              .formatted(holder, missing + 1, copy.size()));
    }
    return List.copyOf(copy);
  }

  /** A layer, which may not be {@code null}. */
  static Layer required(String what, Layer layer) {
    if (layer == null) {
      throw new UserException("%s expects a layer, but got null".formatted(what));
    }
    return layer;
  }
}
