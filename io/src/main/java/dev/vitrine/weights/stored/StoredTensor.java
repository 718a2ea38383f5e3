package dev.vitrine.weights.stored;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.DType;
import dev.vitrine.format.TensorData;
import dev.vitrine.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;

/**
 * A tensor as a file holds it: its type, its sizes, and where its numbers lie, which need not be
 * row by row. They stay in the file, which is mapped into memory, until they are asked for. Any
 * thread may read.
 */
public final class StoredTensor {
  private final DType dtype;
  private final List<Long> dims;
  private final long[] strides;
  private final Element element;
  private final MemorySegment data;
  private final long elements;

  private StoredTensor(
      Element element, List<Long> dims, long[] strides, MemorySegment data, long elements) {
    this.dtype = element.dtype();
    this.element = element;
    this.dims = dims;
    this.strides = strides;
    this.data = data;
    this.elements = elements;
  }

  /**
   * {@return a tensor whose last axis is the fastest}
   *
   * @param dtype the type of its numbers
   * @param order of a number's bytes
   * @param dims its sizes; none for a single number
   * @param data its bytes, from its first number on
   * @throws UserException if the sizes are negative, overflow, or need more bytes than there are
   */
  public static StoredTensor rows(
      DType dtype, ByteOrder order, List<Long> dims, MemorySegment data) {
    return of(dtype, order, dims, strides(dims, false), data);
  }

  /**
   * {@return a tensor whose first axis is the fastest, as Fortran and MATLAB have them}
   *
   * @param dtype the type of its numbers
   * @param order of a number's bytes
   * @param dims its sizes
   * @param data its bytes, from its first number on
   * @throws UserException as {@link #rows}
   */
  public static StoredTensor columns(
      DType dtype, ByteOrder order, List<Long> dims, MemorySegment data) {
    return of(dtype, order, dims, strides(dims, true), data);
  }

  /**
   * {@return a tensor whose numbers lie anywhere}
   *
   * @param dtype the type of its numbers
   * @param order of a number's bytes
   * @param dims its sizes
   * @param strides numbers from one to the next along each axis, 0 or more
   * @param data its bytes, from its first number on
   * @throws UserException as {@link #rows}, or if a stride is negative or there are not as many as
   *     sizes
   */
  public static StoredTensor of(
      DType dtype, ByteOrder order, List<Long> dims, long[] strides, MemorySegment data) {
    Objects.requireNonNull(dtype, "dtype");
    Objects.requireNonNull(order, "order");
    Objects.requireNonNull(data, "data");
    List<Long> sizes = List.copyOf(dims);
    long[] steps = strides.clone();
    long count = count(sizes);
    long reach = reach(sizes, steps, count);
    if (reach > data.byteSize() / dtype.bytes()) {
      throw new UserException(
          "A tensor of %s %s needs %s, but there are %s"
              .formatted(
                  dtype, shown(sizes), shown(product(reach, dtype.bytes())), data.byteSize()));
    }
    return new StoredTensor(new Element(dtype, order), sizes, steps, data, count);
  }

  private static long[] strides(List<Long> dims, boolean firstFastest) {
    long[] strides = new long[dims.size()];
    long step = 1;
    for (int i = 0; i < strides.length; i++) {
      int axis = firstFastest ? i : strides.length - 1 - i;
      strides[axis] = step;
      step = product(step, Math.max(1, dims.get(axis)));
    }
    return strides;
  }

  private static long count(List<Long> dims) {
    long count = 1;
    for (long size : dims) {
      if (size < 0) {
        throw new UserException("A tensor has sizes of 0 or more, but got " + shown(dims));
      }
      count = product(count, size);
    }
    return count;
  }

  /** One more than the place of the number that lies farthest from the first. */
  private static long reach(List<Long> dims, long[] strides, long count) {
    if (strides.length != dims.size()) {
      throw new UserException(
          "A tensor of %s has %s strides".formatted(shown(dims), strides.length));
    }
    long last = 0;
    for (int i = 0; i < strides.length; i++) {
      if (strides[i] < 0) {
        throw new UserException("A tensor has strides of 0 or more, but got " + strides[i]);
      }
      last = sum(last, product(strides[i], Math.max(0, dims.get(i) - 1)));
    }
    return count == 0 ? 0 : sum(last, 1);
  }

  /** A product of sizes, or the largest number if it is beyond all files. */
  private static long product(long a, long b) {
    return Math.multiplyHigh(a, b) != 0 || a * b < 0 ? Long.MAX_VALUE : a * b;
  }

  private static long sum(long a, long b) {
    return a + b < 0 ? Long.MAX_VALUE : a + b;
  }

  private static String shown(long bytes) {
    return bytes == Long.MAX_VALUE ? "more bytes than any file has" : bytes + " bytes";
  }

  private static String shown(List<Long> dims) {
    return Quote.value(dims.toString());
  }

  /** {@return the type of its numbers} */
  public DType dtype() {
    return dtype;
  }

  /** {@return its sizes; unlike those of a {@link Shape} they may be 0} */
  public List<Long> dims() {
    return dims;
  }

  /** {@return how many numbers} */
  public long elements() {
    return elements;
  }

  /**
   * {@return its sizes as a shape}
   *
   * @throws UserException if one of them is 0 or there are 2³¹ numbers or more
   */
  public Shape shape() {
    if (elements == 0 || elements > Integer.MAX_VALUE) {
      throw new UserException(
          "A tensor of %s expects 1 to %s numbers, but has %s"
              .formatted(shown(dims), Integer.MAX_VALUE, elements));
    }
    return Shape.of(dims.stream().mapToInt(Math::toIntExact).toArray());
  }

  /**
   * {@return whether its numbers are whole (or booleans), and {@link #longs} gives them exactly}
   */
  public boolean isWhole() {
    return dtype.isWhole();
  }

  /**
   * {@return its numbers, the last axis the fastest, rounded to single precision}
   *
   * @throws UserException if there are 2³¹ or more
   */
  public float[] floats() {
    float[] values = new float[length()];
    floats(values, 0);
    return values;
  }

  /**
   * Copies its numbers, the last axis the fastest, rounded to single precision.
   *
   * @param into where they go
   * @param from the place of the first there
   * @throws UserException if there are 2³¹ or more
   * @throws IndexOutOfBoundsException if they do not fit there
   */
  public void floats(float[] into, int from) {
    Objects.requireNonNull(into, "into");
    int count = length();
    Objects.checkFromIndexSize(from, count, into.length);
    if (dtype == DType.F32 && isRows()) {
      var layout = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(element.order());
      MemorySegment.copy(data, layout, 0, into, from, count);
    } else {
      Walk walk = walk();
      for (int i = from; i < from + count; i++) {
        into[i] = (float) element.number(data, walk.next());
      }
    }
  }

  /**
   * {@return its numbers, the last axis the fastest; 64-bit integers are rounded}
   *
   * @throws UserException if there are 2³¹ or more
   */
  public double[] doubles() {
    double[] values = new double[length()];
    Walk walk = walk();
    for (int i = 0; i < values.length; i++) {
      values[i] = element.number(data, walk.next());
    }
    return values;
  }

  /**
   * {@return its whole numbers, the last axis the fastest; booleans are 0 and 1, unsigned 64-bit
   * numbers their 64 bits}
   *
   * @throws UserException if they are not {@linkplain #isWhole whole}, or there are 2³¹ or more
   */
  public long[] longs() {
    if (!isWhole()) {
      throw new UserException("Whole numbers were expected, but the tensor holds " + dtype);
    }
    long[] values = new long[length()];
    Walk walk = walk();
    for (int i = 0; i < values.length; i++) {
      values[i] = element.whole(data, walk.next());
    }
    return values;
  }

  /**
   * {@return the tensor under a name, to be written as it is: its type and the bits of its numbers,
   * the last axis the fastest}
   *
   * @param name the name
   * @throws UserException as {@link #shape}
   */
  public TensorData named(String name) {
    Objects.requireNonNull(name, "name");
    return TensorData.of(name, dtype, shape(), new Copy());
  }

  /** Copies its numbers' bytes, turned where they lie the other way. */
  private final class Copy implements TensorData.Filler {
    private final boolean plain = isRows() && element.order() == ByteOrder.LITTLE_ENDIAN;
    private Walk walk = walk();

    @Override
    public void fill(ByteBuffer chunk, int from, int count) {
      int size = dtype.bytes();
      if (plain) {
        MemorySegment.ofBuffer(chunk)
            .copyFrom(data.asSlice((long) from * size, (long) count * size));
        return;
      }
      walk = from == 0 ? walk() : walk;
      boolean turned = element.order() == ByteOrder.BIG_ENDIAN;
      for (int i = 0; i < count; i++) {
        long at = walk.next();
        for (int b = 0; b < size; b++) {
          long place = at + (turned ? size - 1 - b : b);
          chunk.put(i * size + b, data.get(ValueLayout.JAVA_BYTE, place));
        }
      }
    }
  }

  private int length() {
    return elements == 0 ? 0 : shape().elements();
  }

  /** {@return whether its numbers lie row-major, the last axis the fastest, one after the other} */
  public boolean isRows() {
    long[] rows = strides(dims, false);
    for (int i = 0; i < rows.length; i++) {
      if (dims.get(i) != 1 && rows[i] != strides[i]) {
        return false;
      }
    }
    return true;
  }

  Element element() {
    return element;
  }

  /** {@return its bytes, from its first number on} */
  public MemorySegment data() {
    return data;
  }

  /** The places of its numbers' bytes, the last axis the fastest. */
  Walk walk() {
    return new Walk(dims, strides, dtype.bytes());
  }

  /** Goes through the numbers of a tensor that has some. */
  static final class Walk {
    private final List<Long> dims;
    private final long[] strides;
    private final int bytes;
    private final long[] index;
    private long at;

    private Walk(List<Long> dims, long[] strides, int bytes) {
      this.dims = dims;
      this.strides = strides;
      this.bytes = bytes;
      index = new long[strides.length];
    }

    /** Where the next number's bytes begin. */
    long next() {
      long here = at * bytes;
      int axis = strides.length - 1;
      for (; axis >= 0 && ++index[axis] == dims.get(axis); axis--) {
        index[axis] = 0;
        at -= strides[axis] * (dims.get(axis) - 1);
      }
      if (axis >= 0) {
        at += strides[axis];
      }
      return here;
    }
  }
}
