package dev.vitrine.inside;

import java.util.List;

/**
 * What was read of a network.
 *
 * @param examples for how many examples
 * @param layers what each layer gives, from input to output
 * @param parameters the learned ones, in the network's order
 */
public record Reading(int examples, List<LayerNumbers> layers, List<ParameterNumbers> parameters) {
  /** Copies the lists. */
  public Reading {
    layers = List.copyOf(layers);
    parameters = List.copyOf(parameters);
  }
}
