package dev.vitrine.weights.onnx;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a graph says of one of its values.
 *
 * @param name its name
 * @param type what its numbers are, such as {@code float}; or what else it is
 * @param dims its sizes, if it says any
 */
public record OnnxValue(String name, String type, Optional<List<Dim>> dims) {
  /** The value. */
  public OnnxValue {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    dims = dims.map(List::copyOf);
  }

  /**
   * A size: a number, a symbol, or nothing.
   *
   * @param size the number; 0 or less if it is not known
   * @param symbol its name, such as {@code batch_size}; empty if it has none
   */
  public record Dim(long size, String symbol) {
    /** The size. */
    public Dim {
      Objects.requireNonNull(symbol, "symbol");
    }

    /** {@return whether the size is a number} */
    public boolean isKnown() {
      return size > 0;
    }
  }
}
