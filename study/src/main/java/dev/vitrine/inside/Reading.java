package dev.vitrine.inside;

import dev.vitrine.nn.Model;
import java.util.List;
import java.util.Optional;

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

  /**
   * {@return the learned parameters alone, without examples}
   *
   * @param model whose they are
   */
  public static Reading ofParameters(Model model) {
    return new Reading(
        0,
        List.of(),
        model.specs().stream()
            .filter(spec -> spec.role().learned())
            .map(spec ->
                new ParameterNumbers(spec, model.parameters().get(spec.name()), Optional.empty()))
            .toList());
  }
}
