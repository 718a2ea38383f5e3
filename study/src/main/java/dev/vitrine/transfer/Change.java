package dev.vitrine.transfer;

import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What is done to a tensor's numbers so that they lie as a parameter's do. */
public enum Change {
  /** Nothing. */
  NONE("as it is"),
  /** Sizes of 1 are left out or put in, or neighbouring axes are taken as one. */
  RESHAPED("reshaped"),
  /** (in, out) becomes (out, in). */
  TRANSPOSED("transposed"),
  /** A filter of H W I O becomes O I H W. */
  FROM_HWIO("from H W I O");

  private static final int FILTER = 4;

  private final String words;

  Change(String words) {
    this.words = words;
  }

  /** {@return what is done, in a word or three} */
  public String words() {
    return words;
  }

  /**
   * The changes by which a tensor of some sizes can become a parameter, the simplest first; none if
   * it cannot. A square matrix may or may not be transposed: see {@link #isOpen}.
   */
  static Optional<Change> between(List<Long> dims, Shape to) {
    long[] from = dims.stream().mapToLong(d -> d).toArray();
    if (same(from, to)) {
      return Optional.of(NONE);
    }
    if (from.length == 2 && to.rank() == 2 && from[0] == to.size(1) && from[1] == to.size(0)) {
      return Optional.of(TRANSPOSED);
    }
    if (from.length == FILTER
        && to.rank() == FILTER
        && from[0] == to.size(2)
        && from[1] == to.size(3)
        && from[2] == to.size(1)
        && from[3] == to.size(0)) {
      return Optional.of(FROM_HWIO);
    }
    return isReshaped(from, to) ? Optional.of(RESHAPED) : Optional.empty();
  }

  /** Whether the sizes do not say if a tensor that fits as it is must be turned. */
  static boolean isOpen(Shape shape) {
    return (shape.rank() == 2 || shape.rank() == FILTER)
        && Arrays.stream(shape.sizes()).distinct().count() == 1;
  }

  private static boolean same(long[] from, Shape to) {
    boolean same = from.length == to.rank();
    for (int i = 0; same && i < from.length; i++) {
      same = from[i] == to.size(i);
    }
    return same;
  }

  /**
   * Whether only ones differ, or a filter as large as its image stands for a dense layer's rows.
   */
  private static boolean isReshaped(long[] from, Shape to) {
    long elements = 1;
    for (long size : from) {
      elements = Math.multiplyExact(elements, Math.max(1, Math.min(size, Integer.MAX_VALUE)));
      if (elements > Integer.MAX_VALUE) {
        return false;
      }
    }
    if (elements != to.elements()) {
      return false;
    }
    boolean ones = Arrays.equals(withoutOnes(from), withoutOnes(to));
    return ones || (from.length > 2 && to.rank() == 2 && from[0] == to.size(0));
  }

  private static long[] withoutOnes(long[] dims) {
    return Arrays.stream(dims).filter(d -> d != 1).toArray();
  }

  private static long[] withoutOnes(Shape shape) {
    return Arrays.stream(shape.sizes()).filter(d -> d != 1).asLongStream().toArray();
  }

  /** The numbers, row-major, as the parameter has them. */
  float[] apply(float[] values, Shape to) {
    return switch (this) {
      case NONE, RESHAPED -> values;
      case TRANSPOSED -> turned(values, to.size(0), to.size(1));
      case FROM_HWIO -> turned(values, to.size(0), to.size(1), to.size(2), to.size(3));
    };
  }

  private static float[] turned(float[] values, int out, int in) {
    float[] turned = new float[values.length];
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < in; i++) {
        turned[o * in + i] = values[i * out + o];
      }
    }
    return turned;
  }

  private static float[] turned(float[] values, int out, int in, int height, int width) {
    float[] turned = new float[values.length];
    int at = 0;
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < in; i++) {
        for (int h = 0; h < height; h++) {
          for (int w = 0; w < width; w++) {
            turned[at++] = values[((h * width + w) * in + i) * out + o];
          }
        }
      }
    }
    return turned;
  }
}
