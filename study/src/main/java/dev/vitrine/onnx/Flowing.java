package dev.vitrine.onnx;

import dev.vitrine.op.Ops;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;

/**
 * A value of the network.
 *
 * @param value per example
 * @param batch which axis of ONNX's value counts the examples; −1 if none does
 * @param size how long that axis is in the file; 1 for a symbol
 */
record Flowing(Value value, int batch, long size) implements Datum {
  /** A value whose axes are all its own. */
  static Flowing free(Value value) {
    return new Flowing(value, -1, 1);
  }

  boolean isBatched() {
    return batch >= 0;
  }

  @Override
  public long[] dims() {
    int[] sizes = value.shape().sizes();
    if (!isBatched()) {
      return Arrays.stream(sizes).asLongStream().toArray();
    }
    long[] dims = new long[sizes.length + 1];
    for (int a = 0; a < dims.length; a++) {
      dims[a] = a == batch ? size : sizes[a < batch ? a : a - 1];
    }
    return dims;
  }

  /** The same value with the axis of a batch of one among its own. */
  Flowing freed(Ops ops) {
    if (!isBatched()) {
      return this;
    }
    if (size != 1) {
      throw Refusal.mixing();
    }
    return free(ops.reshape(value, shape(dims())));
  }

  /** The axis of the value that is ONNX's axis {@code a}; not the batch's. */
  int inner(int a) {
    return isBatched() && a > batch ? a - 1 : a;
  }

  /** Another value with the same batch. */
  Flowing with(Value other) {
    return new Flowing(other, batch, size);
  }

  /** ONNX's sizes as a shape. */
  static Shape shape(long[] dims) {
    int[] sizes = new int[dims.length];
    for (int a = 0; a < sizes.length; a++) {
      if (dims[a] < 1 || dims[a] > Integer.MAX_VALUE) {
        throw new Refusal("a value would have sizes of " + Arrays.toString(dims));
      }
      sizes[a] = (int) dims[a];
    }
    return Shape.of(sizes);
  }

  /** Sizes without one of them; all if the axis is negative. */
  static long[] without(long[] dims, int axis) {
    if (axis < 0) {
      return dims.clone();
    }
    long[] rest = new long[dims.length - 1];
    for (int a = 0; a < rest.length; a++) {
      rest[a] = dims[a < axis ? a : a + 1];
    }
    return rest;
  }
}
