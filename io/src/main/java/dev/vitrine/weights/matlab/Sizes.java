package dev.vitrine.weights.matlab;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** Sizes of arrays. */
final class Sizes {
  private Sizes() {}

  /** How many numbers, or the largest number if there are too many for it. */
  static long count(List<Long> dims) {
    if (dims.contains(0L)) {
      return 0;
    }
    long count = 1;
    for (long size : dims) {
      if (count > Long.MAX_VALUE / size) {
        return Long.MAX_VALUE;
      }
      count *= size;
    }
    return count;
  }

  /** As people write them, such as {@code 3×4}. */
  static String shown(List<Long> dims) {
    return dims.stream().map(String::valueOf).collect(joining("×"));
  }

  /**
   * What an element of an array is called, counted from 0 with the first axis the fastest: by one
   * number if it lies in a row or column, else by one for each axis.
   */
  static String name(List<Long> dims, long index) {
    if (dims.stream().filter(size -> size != 1).count() <= 1) {
      return String.valueOf(index);
    }
    var name = new StringBuilder();
    long rest = index;
    for (long size : dims) {
      name.append(name.isEmpty() ? "" : ",").append(rest % size);
      rest /= size;
    }
    return name.toString();
  }
}
