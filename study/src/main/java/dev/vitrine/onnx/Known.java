package dev.vitrine.onnx;

import dev.vitrine.weights.stored.StoredTensor;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleUnaryOperator;

/** Numbers that are the same for every example: an initialiser, or what follows from sizes. */
final class Known implements Datum {
  /** The most numbers that a small file may ask for, 2 GB of singles. */
  private static final long MOST = 1L << 29;

  /** So many numbers may be made of each of the file's, and a few more. */
  private static final long TIMES = 16;

  private static final long AT_LEAST = 1L << 22;

  /** How many more may be made while a graph is translated. */
  private static final ScopedValue<AtomicLong> ROOM = ScopedValue.newInstance();

  private final long[] dims;
  private final boolean whole;

  /** A single number stands for all. */
  private final double[] numbers;

  private final StoredTensor stored;

  /** Two tensors are one parameter if theirs is the same. */
  private final Object origin;

  private Known(long[] dims, boolean whole, double[] numbers, StoredTensor stored, Object origin) {
    this.dims = dims;
    this.whole = whole;
    this.numbers = numbers;
    this.stored = stored;
    this.origin = origin;
    requireCount(dims);
  }

  /** A tensor of the file. */
  static Known of(StoredTensor stored) {
    long[] dims = stored.dims().stream().mapToLong(Long::longValue).toArray();
    return new Known(dims, stored.isWhole(), null, stored, stored);
  }

  /** Numbers; a single one stands for all. */
  static Known of(long[] dims, boolean whole, double... numbers) {
    return new Known(dims.clone(), whole, numbers, null, new Object());
  }

  /** A list of whole numbers. */
  static Known list(long... numbers) {
    return of(new long[] {numbers.length}, true, Arrays.stream(numbers).asDoubleStream().toArray());
  }

  @Override
  public long[] dims() {
    return dims.clone();
  }

  boolean isWhole() {
    return whole;
  }

  /** Whether it is a tensor of the file, as it stands there. */
  boolean isGiven() {
    return stored != null;
  }

  /** The tensor of the file that it is, as it stands there. */
  Optional<StoredTensor> stored() {
    return Optional.ofNullable(stored);
  }

  long count() {
    return product(dims, 0, dims.length);
  }

  /** All numbers, row-major. */
  double[] numbers() {
    if (stored != null) {
      return stored.doubles();
    }
    if (numbers.length == 1 && count() != 1) {
      double[] all = new double[room(dims)];
      Arrays.fill(all, numbers[0]);
      return all;
    }
    return numbers.clone();
  }

  /** All numbers as singles, row-major. */
  float[] floats() {
    if (stored != null) {
      return stored.floats();
    }
    float[] all = new float[(int) count()];
    for (int i = 0; i < all.length; i++) {
      all[i] = (float) numbers[numbers.length == 1 ? 0 : i];
    }
    return all;
  }

  /** All numbers as whole ones. */
  long[] longs() {
    return Arrays.stream(numbers()).mapToLong(number -> (long) number).toArray();
  }

  /** Its only number. */
  double single() {
    if (count() != 1) {
      throw new Refusal("one number is expected, but there are " + count());
    }
    return numbers()[0];
  }

  Known reshaped(long[] target) {
    return new Known(target.clone(), whole, numbers, stored, origin);
  }

  /** The same numbers as a tensor of its own. */
  Known copied() {
    return new Known(dims, whole, numbers, stored, new Object());
  }

  /** What is the same for all that are one tensor of the file, in whatever sizes. */
  Object origin() {
    return origin;
  }

  Known mapped(DoubleUnaryOperator function) {
    return of(dims, false, Arrays.stream(numbers()).map(function).toArray());
  }

  /** Reads the element {@code from[k]} for each element k of the target. */
  Known picked(long[] target, int[] from) {
    double[] all = numbers();
    double[] picked = Arrays.stream(from).mapToDouble(i -> all[i]).toArray();
    return of(target, whole, picked);
  }

  /**
   * A translation of a file of so many numbers. What it makes of them stays within a multiple of
   * them: a list that is joined with itself again and again, say, would fill any memory.
   */
  static void within(long given, Runnable translation) {
    long most = Math.max(AT_LEAST, TIMES * Math.min(given, MOST));
    ScopedValue.where(ROOM, new AtomicLong(most)).run(translation);
  }

  /** How many numbers there are of these sizes, which are about to be made. */
  static int room(long[] dims) {
    requireCount(dims);
    int count = (int) product(dims, 0, dims.length);
    if (ROOM.isBound() && ROOM.get().addAndGet(-count) < 0) {
      throw new Refusal(
          "the %s numbers of a constant of %s are too many for so small a file"
              .formatted(count, Arrays.toString(dims)));
    }
    return count;
  }

  /** Refuses sizes that would fill memory. */
  static void requireCount(long[] dims) {
    long count = product(dims, 0, dims.length);
    if (count > MOST) {
      throw new Refusal("it makes a tensor of %s numbers".formatted(count));
    }
  }

  /** A product of sizes, at most 2⁶². */
  static long product(long[] sizes, int from, int to) {
    long product = 1;
    for (int i = from; i < to; i++) {
      product = sizes[i] == 0 ? 0 : Math.min(product, (1L << 62) / sizes[i]) * sizes[i];
    }
    return product;
  }
}
