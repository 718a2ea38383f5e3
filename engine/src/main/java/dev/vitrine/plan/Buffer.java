package dev.vitrine.plan;

/**
 * A place for a value's numbers. In <em>lanes</em>: {@code [block][element][16 examples]}, or a
 * single block of 16 equal lanes for a shared value; <em>flat</em>: a shared value's elements,
 * row-major. Where it lies in the arena is decided after all steps are known.
 */
final class Buffer {
  /** Elements per example. */
  final int elements;

  /** Floats from one block to the next: 0 for a shared value, which has only one block. */
  final int blockStride;

  /** How many floats it takes. */
  final int size;

  /** The array it lies in, and where; set once. */
  float[] data;

  int offset;

  /** The first step that writes it and the last that touches it; outside data has no first. */
  int first = Integer.MAX_VALUE;

  int last = -1;

  private Buffer(int elements, int blockStride, int size) {
    this.elements = elements;
    this.blockStride = blockStride;
    this.size = size;
  }

  /** Lanes for every block of the batch. */
  static Buffer lanes(int elements, int blocks) {
    int stride = Math.multiplyExact(elements, dev.vitrine.kernel.Kernels.LANES);
    return new Buffer(elements, stride, Math.multiplyExact(stride, blocks));
  }

  /** One block of lanes for a shared value. */
  static Buffer sharedLanes(int elements) {
    return new Buffer(elements, 0, elements * dev.vitrine.kernel.Kernels.LANES);
  }

  /** The elements of a shared value. */
  static Buffer flat(int elements) {
    return new Buffer(elements, 0, (elements + 15) / 16 * 16);
  }

  /** A shared value that lies in an array that outlives the plan. */
  static Buffer outside(float[] data, int offset, int elements) {
    Buffer buffer = flat(elements);
    buffer.data = data;
    buffer.offset = offset;
    return buffer;
  }

  /** Where a block starts. */
  int block(int block) {
    return offset + block * blockStride;
  }

  boolean perExample() {
    return blockStride > 0;
  }
}
