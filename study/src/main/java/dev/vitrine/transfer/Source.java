package dev.vitrine.transfer;

import dev.vitrine.weights.stored.StoredTensor;
import java.util.List;

/**
 * A tensor of a file, or a part that is cut out of one.
 *
 * @param place the tensor's place in the file
 * @param tensor the tensor
 * @param dims the sizes of the part
 * @param cut what is done to have the part; nothing for a whole tensor
 */
record Source(String place, StoredTensor tensor, List<Long> dims, List<Step> cut) {
  static Source of(String place, StoredTensor tensor) {
    return new Source(place, tensor, tensor.dims(), List.of());
  }

  /** Whether its name ends as Keras and TensorFlow call what multiplies. */
  boolean isKernel() {
    return Label.end(place).contains("kernel");
  }

  /** Whether its name ends as PyTorch does. */
  boolean isWeight() {
    return Label.end(place).matches("weight(_v)?|original1");
  }
}
