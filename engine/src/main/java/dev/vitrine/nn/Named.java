package dev.vitrine.nn;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.op.Value;

/**
 * A layer under a name of its own, which its parameters' names begin with.
 *
 * @param name on one line, without control characters
 * @param layer what it names
 */
public record Named(String name, Layer layer) implements Layer {
  /** Checks that there is a name and a layer. */
  public Named {
    Layers.required("Named", layer);
    if (name == null || name.isBlank()) {
      throw new UserException(
          "Named expects a name, but got " + (name == null ? "null" : Quote.of(name)));
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw new UserException(
          "Named expects a name of one line, without control characters, but got "
              + Quote.of(name));
    }
  }

  /** {@return the layer under that name} */
  public static Named of(String name, Layer layer) {
    return new Named(name, layer);
  }

  @Override
  public Value apply(NetworkBuilder network, Value x) {
    Layers.requireNonNull(network, x);
    return layer.apply(network, x);
  }

  @Override
  public String toString() {
    return name + ": " + layer.text();
  }
}
