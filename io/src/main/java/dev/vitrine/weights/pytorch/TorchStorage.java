package dev.vitrine.weights.pytorch;

import dev.vitrine.format.DType;
import dev.vitrine.weights.pickle.Global;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Numbers that tensors are views of.
 *
 * @param type its class, such as {@code torch.FloatStorage}
 * @param bytes where they lie
 * @param order of a number's bytes
 */
record TorchStorage(Global type, MemorySegment bytes, ByteOrder order) {
  Optional<DType> dtype() {
    return TorchTypes.ofClass(type);
  }
}
