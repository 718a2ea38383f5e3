package dev.vitrine.trace.layer;

import dev.vitrine.nn.Layer;
import dev.vitrine.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is asked of a layer.
 *
 * @param layer which
 * @param input the shape of an example
 * @param given numbers by the names {@code x}, {@code dy} and those of the layer's parameters, such
 *     as {@code weight}, row-major; small whole numbers are drawn for the rest
 * @param seed of what is drawn
 * @param element the input element whose gradient is followed; the one with most terms if empty
 * @param orientation how Jacobians are laid out
 */
public record LayerQuestion(
    Layer layer,
    Shape input,
    Map<String, List<Double>> given,
    long seed,
    Optional<List<Integer>> element,
    Orientation orientation) {
  /** Copies what it is given. */
  public LayerQuestion {
    given = new LinkedHashMap<>(given);
    element = element.map(List::copyOf);
  }

  /** How a Jacobian lies. */
  public enum Orientation {
    /** A row for each output: the numerator layout, and the way most of the field writes them. */
    NUMERATOR,
    /** A row for each input: the denominator layout, the transposed. */
    DENOMINATOR
  }

  /**
   * {@return the question of a layer with drawn numbers}
   *
   * @param layer which
   * @param input the shape of an example
   */
  public static LayerQuestion of(Layer layer, Shape input) {
    return new LayerQuestion(layer, input, Map.of(), 0, Optional.empty(), Orientation.NUMERATOR);
  }

  /**
   * {@return the same with numbers of one's own}
   *
   * @param name {@code x}, {@code dy} or a parameter's
   * @param numbers row-major
   */
  public LayerQuestion with(String name, Double... numbers) {
    Map<String, List<Double>> more = new LinkedHashMap<>(given);
    more.put(name, List.of(numbers));
    return new LayerQuestion(layer, input, more, seed, element, orientation);
  }

  /**
   * {@return the same about the gradient of one element}
   *
   * @param index of an element of the input
   */
  public LayerQuestion element(Integer... index) {
    return new LayerQuestion(layer, input, given, seed, Optional.of(List.of(index)), orientation);
  }
}
