package dev.vitrine.weights.stored;

import dev.vitrine.error.UserException;
import dev.vitrine.format.DType;
import dev.vitrine.format.TensorData;
import dev.vitrine.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A tensor's numbers in another floating-point type, each rounded once, to the nearest, halves to
 * even. What that changes is known once it was written.
 */
public final class Cast implements TensorData.Filler {
  /** The types that numbers are cast to. */
  public static final List<DType> TYPES = List.of(DType.F32, DType.F16, DType.BF16);

  private static final int BF16_SHIFT = 16;
  private static final int BF16_HALF = 0x7fff;
  private static final int BF16_QUIET = 0x40;

  private final StoredTensor tensor;
  private final DType dtype;
  private StoredTensor.Walk walk;
  private double difference;
  private long overflows;

  /**
   * A tensor in another type.
   *
   * @param tensor of any type; whole numbers and those of the type itself stay as they are
   * @param dtype one of {@link #TYPES}
   */
  public Cast(StoredTensor tensor, DType dtype) {
    this.tensor = Objects.requireNonNull(tensor, "tensor");
    this.dtype = Objects.requireNonNull(dtype, "dtype");
    rounded(0, dtype);
    walk = tensor.walk();
  }

  /**
   * {@return numbers of an array in another type, to be written}
   *
   * @param name the tensor's name
   * @param shape the tensor's sizes
   * @param values row-major; kept, not copied
   * @param offset where in {@code values} the tensor begins
   * @param dtype one of {@link #TYPES}
   */
  public static TensorData of(String name, Shape shape, float[] values, int offset, DType dtype) {
    return new Cast(stored(shape, values, offset), dtype).named(name);
  }

  /**
   * {@return numbers of an array as a tensor}
   *
   * @param shape the tensor's sizes
   * @param values row-major; kept, not copied
   * @param offset where in {@code values} the tensor begins
   */
  public static StoredTensor stored(Shape shape, float[] values, int offset) {
    long count = (long) shape.elements() * Float.BYTES;
    MemorySegment numbers =
        MemorySegment.ofArray(values).asSlice((long) offset * Float.BYTES, count);
    List<Long> dims = Arrays.stream(shape.sizes()).asLongStream().boxed().toList();
    return StoredTensor.rows(DType.F32, ByteOrder.nativeOrder(), dims, numbers);
  }

  /**
   * {@return the tensor under a name, to be written}
   *
   * @param name the name
   * @throws UserException as {@link StoredTensor#shape}
   */
  public TensorData named(String name) {
    return tensor.isWhole() || tensor.dtype() == dtype
        ? tensor.named(name)
        : TensorData.of(name, dtype, tensor.shape(), this);
  }

  /**
   * {@return what a single is in another type}
   *
   * @param number any, NaN and infinite ones too, which stay so
   * @param dtype one of {@link #TYPES}
   */
  public static float rounded(float number, DType dtype) {
    return switch (dtype) {
      case F32 -> number;
      case F16 -> Float.float16ToFloat(Float.floatToFloat16(number));
      case BF16 -> Float.intBitsToFloat(bfloat16(number) << BF16_SHIFT);
      default ->
          throw new UserException("Numbers are cast to f32, f16 or bf16, but not to " + dtype);
    };
  }

  /** {@return the largest difference that it made to a number that stays finite} */
  public double difference() {
    return difference;
  }

  /** {@return how many finite numbers became infinite} */
  public long overflows() {
    return overflows;
  }

  @Override
  public void fill(ByteBuffer chunk, int from, int count) {
    if (from == 0) {
      walk = tensor.walk();
      difference = 0;
      overflows = 0;
    }
    for (int i = 0; i < count; i++) {
      double number = tensor.element().number(tensor.data(), walk.next());
      double made = put(chunk, i, number);
      if (Double.isFinite(made)) {
        difference = Math.max(difference, Math.abs(made - number));
      } else if (Double.isFinite(number)) {
        overflows++;
      }
    }
  }

  /** Puts a number; what it became. */
  private double put(ByteBuffer chunk, int index, double number) {
    if (dtype == DType.F32) {
      float single = (float) number;
      chunk.putFloat(index * Float.BYTES, single);
      return single;
    }
    float odd = toOdd(number);
    short bits = dtype == DType.F16 ? Float.floatToFloat16(odd) : bfloat16(odd);
    chunk.putShort(index * Short.BYTES, bits);
    return dtype == DType.F16
        ? Float.float16ToFloat(bits)
        : Float.intBitsToFloat(bits << BF16_SHIFT);
  }

  /**
   * A single between the number and 0 whose last bit tells that more follows: rounded again, it is
   * what the number itself would have been rounded to.
   */
  private static float toOdd(double number) {
    float nearest = (float) number;
    if (nearest == number || Double.isNaN(number)) {
      return nearest;
    }
    int bits = Float.floatToRawIntBits(nearest);
    boolean beyond = Math.abs((double) nearest) > Math.abs(number);
    return Float.intBitsToFloat((beyond ? bits - 1 : bits) | 1);
  }

  private static short bfloat16(float number) {
    int bits = Float.floatToRawIntBits(number);
    if (Float.isNaN(number)) {
      return (short) ((bits >>> BF16_SHIFT) | BF16_QUIET);
    }
    int even = (bits >>> BF16_SHIFT) & 1;
    return (short) ((bits + BF16_HALF + even) >>> BF16_SHIFT);
  }
}
