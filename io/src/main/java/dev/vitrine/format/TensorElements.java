package dev.vitrine.format;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.function.IntToLongFunction;

/** The elements of one tensor of a safetensors file: little-endian, and aligned to nothing. */
record TensorElements(MemorySegment data, DType dtype) {
  static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfDouble DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Converts {@code length} floating-point elements; false if these are whole numbers. */
  boolean floats(float[] into, int offset, int length) {
    switch (dtype) {
      case F32 -> MemorySegment.copy(data, FLOAT, 0, into, offset, length);
      case F64 -> {
        for (int i = 0; i < length; i++) {
          into[offset + i] = (float) data.getAtIndex(DOUBLE, i);
        }
      }
      case F16 -> {
        for (int i = 0; i < length; i++) {
          into[offset + i] = Float.float16ToFloat(data.getAtIndex(SHORT, i));
        }
      }
      case BF16 -> {
        for (int i = 0; i < length; i++) {
          into[offset + i] = Float.intBitsToFloat(data.getAtIndex(SHORT, i) << 16);
        }
      }
      case F8_E4M3, F8_E5M2, I64, I32, I16, I8, U64, U32, U16, U8, BOOL -> {
        return false;
      }
    }
    return true;
  }

  /** Converts {@code into.length} whole-number elements; false if these are floating-point. */
  boolean longs(long[] into) {
    IntToLongFunction element =
        switch (dtype) {
          case I64, U64 -> i -> data.getAtIndex(LONG, i);
          case I32 -> i -> data.getAtIndex(INT, i);
          case U32 -> i -> Integer.toUnsignedLong(data.getAtIndex(INT, i));
          case I16 -> i -> data.getAtIndex(SHORT, i);
          case U16 -> i -> Short.toUnsignedLong(data.getAtIndex(SHORT, i));
          case I8 -> i -> data.get(ValueLayout.JAVA_BYTE, i);
          case U8, BOOL -> i -> Byte.toUnsignedLong(data.get(ValueLayout.JAVA_BYTE, i));
          case F64, F32, F16, BF16, F8_E4M3, F8_E5M2 -> null;
        };
    if (element == null) {
      return false;
    }
    for (int i = 0; i < into.length; i++) {
      into[i] = element.applyAsLong(i);
    }
    return true;
  }
}
