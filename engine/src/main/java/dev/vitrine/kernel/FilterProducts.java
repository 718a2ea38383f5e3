package dev.vitrine.kernel;

import java.util.Objects;

/**
 * Where the products of Winograd's minimal filtering find what they multiply, if filters are
 * transformed as they pass by: for a vector of 16 filters {@code w[c][tap][16]} and a few tiles,
 *
 * <pre>
 *   y[k·yNumber + 16·tile] = Σ_c  (G w[c] Gᵀ)[k] · x[k·xNumber + xTerm[c] + 16·tile]
 * </pre>
 *
 * for all numbers k of a tile's transform, row-major; y is a vector of 16 lanes, x one number for
 * all lanes. {@code G w Gᵀ} is made along the rows, then down, each as {@link LinearMap} says.
 *
 * @param weight G
 * @param xTerm where a tile has each channel's number
 * @param xNumber floats from one number of the tiles' transforms to the next
 * @param yNumber the same of the products
 */
@SuppressWarnings("ArrayRecordComponent") // a table made once, never compared
public record FilterProducts(LinearMap weight, int[] xTerm, int xNumber, int yNumber) {
  /** Refuses {@code null}. */
  public FilterProducts {
    Objects.requireNonNull(weight, "weight");
    Objects.requireNonNull(xTerm, "xTerm");
  }
}
