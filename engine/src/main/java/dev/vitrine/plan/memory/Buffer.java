package dev.vitrine.plan.memory;

import dev.vitrine.error.UserException;
import dev.vitrine.kernel.Kernels;
import java.util.Arrays;

/**
 * A place for a value's numbers. In <em>lanes</em>: {@code [block][element][16 examples]}, or a
 * single block of 16 equal lanes for a shared value; <em>example by example</em>: {@code
 * [example][…]} as a {@link Placed} says; <em>flat</em>: a shared value's elements, row-major.
 * Where it lies in the arena is decided after all steps are known.
 */
public final class Buffer {
  /** Elements per example. */
  public final int elements;

  /** Floats from one block to the next: 0 for a shared value, which has only one block. */
  public final int blockStride;

  /** Whether each example is a block of its own. */
  public final boolean byExample;

  /** How many floats it takes. */
  public final int size;

  /** The buffer that it is a part of, and where there; {@code null} if it is none. */
  private final Buffer whole;

  private final int shift;

  /** The array it lies in, and where; set once, a part's with its whole's. */
  float[] data;

  int offset;

  /** The first step that writes it and the last that touches it; outside data has no first. */
  int first = Integer.MAX_VALUE;

  int last = -1;

  private Buffer(int elements, int blockStride, int size, boolean byExample) {
    this(elements, blockStride, size, byExample, null, 0);
  }

  private Buffer(
      int elements, int blockStride, int size, boolean byExample, Buffer whole, int shift) {
    this.byExample = byExample;
    this.elements = elements;
    this.blockStride = blockStride;
    this.size = size;
    this.whole = whole;
    this.shift = shift;
  }

  /** Lanes for every block of the batch. */
  public static Buffer lanes(long elements, int blocks) {
    int stride = floats(elements * Kernels.LANES);
    return new Buffer((int) elements, stride, floats((long) stride * blocks), false);
  }

  /** Vectors of 16 channels for every example, each example a block of its own. */
  public static Buffer channels(long vectors, int examples) {
    int stride = floats(vectors * Kernels.LANES);
    return new Buffer((int) vectors, stride, floats((long) stride * examples), true);
  }

  /** Numbers for every example, one example after the other. */
  public static Buffer examples(int elements, int examples) {
    int stride = floats((elements + 15L) / 16 * 16);
    return new Buffer(elements, stride, floats((long) stride * examples), true);
  }

  /**
   * Some vectors of every example of another buffer; they live as long as it does.
   *
   * @param from the first one's number
   * @param vectors how many
   */
  public static Buffer part(Buffer whole, int from, int vectors) {
    int lanes = Kernels.LANES;
    return new Buffer(
        vectors, whole.blockStride, vectors * lanes, whole.byExample, whole, from * lanes);
  }

  /** One block of lanes for a shared value. */
  public static Buffer sharedLanes(long elements) {
    return new Buffer((int) elements, 0, floats(elements * Kernels.LANES), false);
  }

  /** The elements of a shared value. */
  public static Buffer flat(int elements) {
    return new Buffer(elements, 0, floats((elements + 15L) / 16 * 16), false);
  }

  /**
   * So many floats, if an array holds them.
   *
   * @throws UserException if none does
   */
  static int floats(long count) {
    if (count > Integer.MAX_VALUE - 16) {
      throw new UserException(
          "The network needs more than 2^31 activations at once: use a smaller batch or network");
    }
    return (int) count;
  }

  /** A shared value that lies in an array that outlives the plan. */
  public static Buffer outside(float[] data, int offset, int elements) {
    Buffer buffer = flat(elements);
    buffer.data = data;
    buffer.offset = offset;
    return buffer;
  }

  /** One block of lanes outside the plan's memory, the same number everywhere. */
  public static Buffer constant(int elements, float number) {
    Buffer buffer = sharedLanes(elements);
    buffer.data = new float[buffer.size];
    Arrays.fill(buffer.data, number);
    return buffer;
  }

  /** The first step that touches it; 0 if it is given from outside. */
  public int firstStep() {
    return isOutside() ? 0 : first;
  }

  /** The last step that touches it, or the largest int if it is read after the last. */
  public int lastStep() {
    return isOutside() ? Integer.MAX_VALUE : last;
  }

  /** Whether its numbers are not in the plan's memory. */
  public boolean isOutside() {
    return root().last < 0;
  }

  /** Itself, or the buffer that in the end it is a part of. */
  public Buffer root() {
    return whole == null ? this : whole.root();
  }

  /** Whether it is those vectors of another buffer, from number {@code from} on. */
  public boolean isPart(Buffer of, int from) {
    return root() == of.root() && start() == of.start() + from * Kernels.LANES;
  }

  private int start() {
    return whole == null ? 0 : whole.start() + shift;
  }

  /** The array it lies in; none before it was placed. */
  public float[] data() {
    return whole == null ? data : whole.data();
  }

  /** Where it starts in the array. */
  public int offset() {
    return whole == null ? offset : whole.offset() + shift;
  }

  /** Where a block starts. */
  public int block(int block) {
    return offset() + block * blockStride;
  }

  public boolean perExample() {
    return blockStride > 0;
  }
}
