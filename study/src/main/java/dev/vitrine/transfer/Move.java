package dev.vitrine.transfer;

import dev.vitrine.tensor.Shape;
import dev.vitrine.weights.stored.StoredTensor;

/**
 * A tensor of a file that becomes a parameter of a network.
 *
 * @param from the tensor's place in the file
 * @param tensor its numbers
 * @param to the parameter's name
 * @param shape the parameter's sizes
 * @param change what is done to the numbers
 */
public record Move(String from, StoredTensor tensor, String to, Shape shape, Change change) {
  float[] values() {
    return change.apply(tensor.floats(), shape);
  }
}
