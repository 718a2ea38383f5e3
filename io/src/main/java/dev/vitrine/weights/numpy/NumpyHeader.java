package dev.vitrine.weights.numpy;

import dev.vitrine.format.DType;
import java.util.List;
import java.util.Optional;

/**
 * What the header of an array says.
 *
 * @param dtype of its numbers; empty if they are none that are read
 * @param dims its sizes
 */
public record NumpyHeader(Optional<DType> dtype, List<Long> dims) {
  /** The header, with its own copy. */
  public NumpyHeader {
    dims = List.copyOf(dims);
  }
}
