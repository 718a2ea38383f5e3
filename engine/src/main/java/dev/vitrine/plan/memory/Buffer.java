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

  /** The array it lies in, and where; set once. */
  float[] data;

  int offset;

  /** The first step that writes it and the last that touches it; outside data has no first. */
  int first = Integer.MAX_VALUE;

  int last = -1;

  private Buffer(int elements, int blockStride, int size, boolean byExample) {
    this.byExample = byExample;
    this.elements = elements;
    this.blockStride = blockStride;
    this.size = size;
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

  /** The array it lies in; none before it was placed. */
  public float[] data() {
    return data;
  }

  /** Where it starts in the array. */
  public int offset() {
    return offset;
  }

  /** Where a block starts. */
  public int block(int block) {
    return offset + block * blockStride;
  }

  public boolean perExample() {
    return blockStride > 0;
  }
}
