package dev.vitrine.nn;

import dev.vitrine.op.Value;

/**
 * A part of a network: hyper-parameters that know how to add their ops and parameters to a graph. A
 * layer's {@code toString} is what one would type to make it.
 */
@FunctionalInterface
public interface Layer {
  /**
   * Adds the layer to a graph; sizes that follow from the input are inferred from it.
   *
   * @param network the graph and the names in it
   * @param x the layer's input
   * @return its output
   * @throws dev.vitrine.error.UserException if the input does not fit
   */
  Value apply(NetworkBuilder network, Value x);

  /**
   * What a {@link Sequential} calls the layer, before a number: {@code conv}, {@code linear}; by
   * default the class's name in lower case, without "2d".
   */
  default String label() {
    return getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT).replace("2d", "");
  }
}
