package dev.vitrine.weights.matlab;

import dev.vitrine.format.DType;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.WeightSource;
import java.util.List;

/** A sparse matrix, written out with its zeros where that is affordable. */
final class Sparse {
  private final Packed numbers;

  private final List<Long> dims;

  private Sparse(Packed numbers, List<Long> dims) {
    this.numbers = numbers;
    this.dims = dims;
  }

  /** What stands for a matrix that is too large to be written out. */
  static Stored.Unread unread(List<Long> dims) {
    return new Stored.Unread(
        "sparse matrix " + Sizes.shown(dims),
        "with its zeros it would be too large: save it as a full one");
  }

  /** Whether it may be written out. */
  static boolean affordable(WeightSource source, DType dtype, List<Long> dims) {
    return source.affords(Packed.size(dtype, Sizes.count(dims)));
  }

  static Sparse of(WeightSource source, String what, DType dtype, List<Long> dims) {
    return new Sparse(Packed.of(source, what, dtype, Sizes.count(dims)), dims);
  }

  /** Sets a number; false if it lies outside. */
  boolean put(long row, long column, double number) {
    boolean inside = row >= 0 && row < dims.get(0) && column >= 0 && column < dims.get(1);
    if (inside) {
      numbers.put(row + dims.get(0) * column, number);
    }
    return inside;
  }

  Stored whole() {
    return new Stored.Numbers(numbers.columns(dims));
  }
}
