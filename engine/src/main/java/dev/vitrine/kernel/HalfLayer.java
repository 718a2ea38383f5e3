package dev.vitrine.kernel;

import java.util.Objects;

/**
 * A dense layer whose weights have 16 bits, as {@link Kernels#halves} computes it.
 *
 * @param weights its weights
 * @param xTerm where in a row of inputs each term's number is
 * @param biases 16 for every vector of outputs
 * @param floor the least value to store: 0 for a ReLU, −∞ for none
 */
@SuppressWarnings("ArrayRecordComponent") // made once by a plan, never compared
public record HalfLayer(Halves weights, int[] xTerm, float[] biases, float floor) {
  /** Refuses {@code null}. */
  public HalfLayer {
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(xTerm, "xTerm");
    Objects.requireNonNull(biases, "biases");
  }
}
