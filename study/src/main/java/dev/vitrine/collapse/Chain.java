package dev.vitrine.collapse;

import dev.vitrine.tensor.Shape;
import java.util.List;

/**
 * Linear layers that became one.
 *
 * @param layers their names, in order
 * @param in the shape that comes in
 * @param out the shape that goes out
 * @param name of the one layer
 * @param layer what it is, as one types it
 * @param formula its weights and its bias, in terms of those of the layers
 * @param symbols what the formula's symbols are
 * @param before what the layers cost
 * @param after what the one layer costs
 * @param proof the numbers of both, compared
 * @param end why the chain goes no further
 */
public record Chain(
    List<String> layers,
    Shape in,
    Shape out,
    String name,
    String layer,
    List<String> formula,
    List<String> symbols,
    Size before,
    Size after,
    Proof proof,
    String end) {
  /** The chain, with its own copies. */
  public Chain {
    layers = List.copyOf(layers);
    formula = List.copyOf(formula);
    symbols = List.copyOf(symbols);
  }

  /**
   * What a network, or a part of one, costs.
   *
   * @param parameters learned and fixed numbers
   * @param macs multiplications with an addition, for one example
   */
  public record Size(long parameters, long macs) {}

  /**
   * A linear layer without a neighbour to join.
   *
   * @param layer its name
   * @param end why the chain goes no further
   */
  public record Alone(String layer, String end) {}
}
