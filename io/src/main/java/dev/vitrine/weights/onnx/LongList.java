package dev.vitrine.weights.onnx;

import dev.vitrine.weights.stored.WeightSource;
import java.util.Arrays;

/** Numbers whose count is not known beforehand; the file's allowance is asked before it grows. */
final class LongList {
  private static final int FIRST = 8;

  private final WeightSource source;
  private long[] numbers = new long[0];
  private int size;

  LongList(WeightSource source) {
    this.source = source;
  }

  void add(long number) {
    if (size == numbers.length) {
      int larger = Math.max(FIRST, size + size / 2);
      source.take((long) (larger - size) * Long.BYTES, "A list of numbers");
      numbers = Arrays.copyOf(numbers, larger);
    }
    numbers[size++] = number;
  }

  int size() {
    return size;
  }

  long[] toArray() {
    return Arrays.copyOf(numbers, size);
  }
}
