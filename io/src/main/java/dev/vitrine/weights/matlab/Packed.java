package dev.vitrine.weights.matlab;

import dev.vitrine.format.DType;
import dev.vitrine.weights.stored.StoredTensor;
import dev.vitrine.weights.stored.WeightSource;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;

/** Numbers that a file holds in some other way, as they lie in a tensor. */
final class Packed {
  private final DType dtype;
  private final MemorySegment bytes;

  private Packed(DType dtype, MemorySegment bytes) {
    this.dtype = dtype;
    this.bytes = bytes;
  }

  /** Room for numbers, all 0, which the file must be able to afford. */
  static Packed of(WeightSource source, String what, DType dtype, long count) {
    long size = size(dtype, count);
    source.take(size, what);
    if (size > Integer.MAX_VALUE - Long.BYTES) {
      throw source.refused("%s would take 2 GB or more".formatted(what));
    }
    return new Packed(dtype, MemorySegment.ofArray(new byte[(int) size]));
  }

  /** How many bytes they take; the largest number if they are beyond all memory. */
  static long size(DType dtype, long count) {
    return count > Long.MAX_VALUE / dtype.bytes() ? Long.MAX_VALUE : count * dtype.bytes();
  }

  void put(long index, double number) {
    switch (dtype) {
      case F64 -> bytes.setAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, index, number);
      case F32 -> bytes.setAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, index, (float) number);
      case BOOL -> put(index, number == 0 ? 0L : 1L);
      default -> put(index, (long) number);
    }
  }

  void put(long index, long number) {
    switch (dtype.bytes()) {
      case 1 -> bytes.set(ValueLayout.JAVA_BYTE, index, (byte) number);
      case 2 -> bytes.setAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, index, (short) number);
      case 4 -> bytes.setAtIndex(ValueLayout.JAVA_INT_UNALIGNED, index, (int) number);
      default -> bytes.setAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, index, number);
    }
  }

  /** The tensor, its first axis the fastest. */
  StoredTensor columns(List<Long> dims) {
    return StoredTensor.columns(dtype, ByteOrder.nativeOrder(), dims, bytes);
  }

  /** The tensor, its last axis the fastest. */
  StoredTensor rows(List<Long> dims) {
    return StoredTensor.rows(dtype, ByteOrder.nativeOrder(), dims, bytes);
  }
}
