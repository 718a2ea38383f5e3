package dev.vitrine.weights.matlab;

import dev.vitrine.format.DType;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.WeightSource;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** A sparse matrix, written out with its zeros where that is affordable. */
final class Sparse {
  private final Packed numbers;

  private final List<Long> dims;

  /** The places that have a number. */
  private final BitSet set = new BitSet();

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

  /** Sets a number; what is wrong with its place, in mid-sentence, if something is. */
  Optional<String> put(long row, long column, double number) {
    if (row < 0 || row >= dims.get(0) || column < 0 || column >= dims.get(1)) {
      return Optional.of("lies outside");
    }
    long place = row + dims.get(0) * column;
    if (set.get((int) place)) {
      // Which of the two, or their sum, is meant nobody can know.
      return Optional.of(
          "has the place of another, row %s, column %s".formatted(row + 1, column + 1));
    }
    set.set((int) place);
    numbers.put(place, number);
    return Optional.empty();
  }

  Stored whole() {
    return new Stored.Numbers(numbers.columns(dims));
  }
}
