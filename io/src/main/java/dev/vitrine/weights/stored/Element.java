package dev.vitrine.weights.stored;

import dev.vitrine.format.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** How the numbers of a type lie in bytes. */
record Element(DType dtype, ByteOrder order) {
  private ValueLayout.OfShort shorts() {
    return ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order);
  }

  private ValueLayout.OfInt ints() {
    return ValueLayout.JAVA_INT_UNALIGNED.withOrder(order);
  }

  private ValueLayout.OfLong longs() {
    return ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order);
  }

  /** The number at a byte; a 64-bit integer is rounded to a double. */
  double number(MemorySegment data, long at) {
    return switch (dtype) {
      case F64 -> Double.longBitsToDouble(data.get(longs(), at));
      case F32 -> Float.intBitsToFloat(data.get(ints(), at));
      case F16 -> Float.float16ToFloat(data.get(shorts(), at));
      case BF16 -> Float.intBitsToFloat(data.get(shorts(), at) << Short.SIZE);
      case F8_E4M3 -> Float8.e4m3(data.get(ValueLayout.JAVA_BYTE, at));
      case F8_E5M2 -> Float8.e5m2(data.get(ValueLayout.JAVA_BYTE, at));
      case U64 -> unsigned(data.get(longs(), at));
      case I64, I32, I16, I8, U32, U16, U8, BOOL -> whole(data, at);
    };
  }

  /** The whole number at a byte; one of {@link DType#U64} as its 64 bits. */
  long whole(MemorySegment data, long at) {
    return switch (dtype) {
      case I64, U64 -> data.get(longs(), at);
      case I32 -> data.get(ints(), at);
      case U32 -> Integer.toUnsignedLong(data.get(ints(), at));
      case I16 -> data.get(shorts(), at);
      case U16 -> Short.toUnsignedLong(data.get(shorts(), at));
      case I8 -> data.get(ValueLayout.JAVA_BYTE, at);
      case U8, BOOL -> Byte.toUnsignedLong(data.get(ValueLayout.JAVA_BYTE, at));
      case F64, F32, F16, BF16, F8_E4M3, F8_E5M2 ->
          throw new IllegalArgumentException(dtype + " holds no whole numbers");
    };
  }

  private static double unsigned(long bits) {
    return bits >= 0 ? bits : ((bits >>> 1) | (bits & 1)) * 2.0;
  }
}
