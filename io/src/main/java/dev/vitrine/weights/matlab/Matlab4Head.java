package dev.vitrine.weights.matlab;

import dev.vitrine.error.Quote;
import dev.vitrine.format.DType;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.StoredTensor;
import dev.vitrine.weights.stored.WeightSource;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * What a matrix of a MATLAB 4 file begins with.
 *
 * @param order of bytes
 * @param type MOPT: thousands for the machine, tens for the type of numbers, ones for the kind
 * @param rows of the matrix
 * @param columns of it
 * @param complex whether imaginary parts follow
 * @param name its name
 */
record Matlab4Head(
    ByteOrder order, int type, long rows, long columns, boolean complex, String name) {
  private static final int HEAD = 20;
  private static final int LONGEST_NAME = 64;
  private static final int TEXT = 1;
  private static final int SPARSE = 2;
  private static final List<DType> TYPES =
      List.of(DType.F64, DType.F32, DType.I32, DType.I16, DType.U16, DType.U8);
  private static final List<String> MACHINES =
      List.of("", "", "a VAX (D-float)", "a VAX (G-float)", "a Cray");

  /** The head at a byte, if there is one. */
  static Optional<Matlab4Head> at(MemorySegment bytes, long at, ByteOrder order) {
    if (bytes.byteSize() - at < HEAD) {
      return Optional.empty();
    }
    int[] words = new int[HEAD / Integer.BYTES];
    ValueLayout.OfInt layout = ValueLayout.JAVA_INT_UNALIGNED.withOrder(order);
    for (int i = 0; i < words.length; i++) {
      words[i] = bytes.get(layout, at + (long) i * Integer.BYTES);
    }
    boolean sizes = words[1] >= 0 && words[2] >= 0 && (words[3] == 0 || words[3] == 1);
    boolean named =
        words[4] > 1 && words[4] <= LONGEST_NAME && words[4] <= bytes.byteSize() - at - HEAD;
    if (!isType(words[0], order) || !sizes || !named) {
      return Optional.empty();
    }
    String name = Texts.name(bytes.asSlice(at + HEAD, words[4]));
    return name.length() == words[4] - 1 && name.matches("[A-Za-z]\\w*")
        ? Optional.of(new Matlab4Head(order, words[0], words[1], words[2], words[3] == 1, name))
        : Optional.empty();
  }

  private static boolean isType(int type, ByteOrder order) {
    int machine = type / 1000;
    boolean fits =
        switch (machine) {
          case 0 -> order == ByteOrder.LITTLE_ENDIAN;
          case 1 -> order == ByteOrder.BIG_ENDIAN;
          default -> machine < MACHINES.size();
        };
    return type >= 0
        && fits
        && type / 100 % 10 == 0
        && type / 10 % 10 < TYPES.size()
        && type % 10 <= SPARSE;
  }

  /** How many bytes it has. */
  long bytes() {
    return (long) HEAD + name.length() + 1;
  }

  /** How many bytes follow it, or the largest number. */
  long size() {
    long numbers = Sizes.count(List.of(rows, columns, complex && !isSparse() ? 2L : 1L));
    return Packed.size(dtype(), numbers);
  }

  private DType dtype() {
    return TYPES.get(type / 10 % 10);
  }

  private boolean isSparse() {
    return type % 10 == SPARSE;
  }

  /** The matrix, from the bytes that follow. */
  Stored read(WeightSource source, MemorySegment data) {
    String machine = MACHINES.get(type / 1000);
    List<Long> dims = List.of(rows, columns);
    if (!machine.isEmpty()) {
      return new Stored.Unread(
          "matrix " + Sizes.shown(dims), "its numbers are those of %s".formatted(machine));
    }
    StoredTensor stored = StoredTensor.columns(dtype(), order, dims, data);
    if (isSparse()) {
      return sparse(source, stored);
    }
    if (complex) {
      return new Stored.Unread(
          "complex matrix " + Sizes.shown(dims), "complex numbers are not read");
    }
    return type % 10 == TEXT ? text(source, dims, stored) : new Stored.Numbers(stored);
  }

  private Stored text(WeightSource source, List<Long> dims, StoredTensor stored) {
    source.take((Double.BYTES + 4) * stored.elements(), "The text " + Quote.of(name));
    StoredTensor inFile =
        StoredTensor.rows(dtype(), order, List.of(stored.elements()), stored.data());
    var columns = new StringBuilder();
    for (double code : inFile.doubles()) {
      columns.append((char) code);
    }
    return Texts.note(dims, columns.toString());
  }

  /** Rows of three numbers, row, column and number, the last with the sizes. */
  private Stored sparse(WeightSource source, StoredTensor stored) {
    String what = "The sparse matrix " + Quote.of(name);
    if (rows < 1 || columns < 3) {
      throw source.refused("%s has no sizes".formatted(what));
    }
    source.take(Packed.size(DType.F64, stored.elements()), what);
    double[] table = stored.doubles();
    int width = (int) columns;
    int last = table.length - width;
    List<Long> dims = List.of(size(source, table[last]), size(source, table[last + 1]));
    if (columns > 3) {
      return new Stored.Unread(
          "complex sparse matrix " + Sizes.shown(dims), "complex numbers are not read");
    }
    if (!Sparse.affordable(source, DType.F64, dims)) {
      return Sparse.unread(dims);
    }
    Sparse matrix = Sparse.of(source, what, DType.F64, dims);
    for (int i = 0; i < last; i += width) {
      Optional<String> fault =
          matrix.put((long) table[i] - 1, (long) table[i + 1] - 1, table[i + 2]);
      if (fault.isPresent()) {
        throw source.refused("%s: number %s %s".formatted(what, i / width, fault.get()));
      }
    }
    return matrix.whole();
  }

  private long size(WeightSource source, double size) {
    if (!(size >= 0) || size > Integer.MAX_VALUE || size != Math.rint(size)) {
      throw source.refused("%s has a sparse matrix of size %s".formatted(Quote.of(name), size));
    }
    return (long) size;
  }
}
