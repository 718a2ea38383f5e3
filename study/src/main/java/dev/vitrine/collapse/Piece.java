package dev.vitrine.collapse;

import dev.vitrine.collapse.Chain.Alone;
import java.util.Map;
import java.util.Optional;

/**
 * A layer of the collapsed network.
 *
 * @param part the layer, under the path of what it is made of
 * @param made its numbers by their names within it; empty if they are the old ones
 * @param chain what it was made of
 * @param alone what is said of a linear layer that was not joined
 */
record Piece(
    Part part, Optional<Map<String, float[]>> made, Optional<Chain> chain, Optional<Alone> alone) {
  static Piece kept(Part part) {
    return new Piece(part, Optional.empty(), Optional.empty(), Optional.empty());
  }

  static Piece alone(Part part, String end) {
    return new Piece(
        part, Optional.empty(), Optional.empty(), Optional.of(new Alone(part.path(), end)));
  }
}
