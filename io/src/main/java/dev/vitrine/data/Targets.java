package dev.vitrine.data;

import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;

/** What a network is to say of each example of a data set: the class it is of, or numbers. */
public sealed interface Targets {
  /** {@return how many examples have one} */
  int size();

  /**
   * {@return the targets of the examples at these places, in this order; a place may stand twice}
   *
   * @param examples places in these, from 0
   */
  Targets subset(int[] examples);

  /** {@return what they are, in a few words, such as {@code 10 classes}} */
  String description();

  /** {@return how many outputs tell them: one a class, or one a number} */
  int outputs();

  /** A class for each example, by its number from 0. */
  final class Classes implements Targets {
    private final List<String> names;
    private final int[] labels;

    private Classes(List<String> names, int[] labels) {
      this.names = names;
      this.labels = labels;
    }

    /**
     * {@return the classes of examples}
     *
     * @param names of the classes, by number; one or more
     * @param labels the class of each example; copied
     * @throws UserException if there is no class, or a label is not one of them
     */
    public static Classes of(List<String> names, int... labels) {
      Objects.requireNonNull(names, "names");
      Objects.requireNonNull(labels, "labels");
      return checked("A target", names, labels.clone());
    }

    /** Of labels that are kept; {@code owner} is who the sentence says expects others. */
    static Classes checked(String owner, List<String> names, int... labels) {
      if (names.isEmpty()) {
        throw new UserException("%s expects one class or more, but got none".formatted(owner));
      }
      for (int i = 0; i < labels.length; i++) {
        if (labels[i] < 0 || labels[i] >= names.size()) {
          throw new UserException(
              "%s expects labels from 0 to %s, but example %s has label %s"
                  .formatted(owner, names.size() - 1, i, labels[i]));
        }
      }
      return new Classes(List.copyOf(names), labels);
    }

    /** {@return the name of every class, by its number} */
    public List<String> names() {
      return names;
    }

    /**
     * {@return the class of an example, {@code 0 ≤ example < size()}}
     *
     * @param example its place, from 0
     */
    public int label(int example) {
      return labels[example];
    }

    /** {@return the classes that some example is of, in order} */
    public List<Integer> present() {
      return Arrays.stream(labels).distinct().sorted().boxed().toList();
    }

    /** {@return the classes that no example is of, in order} */
    public List<Integer> absent() {
      BitSet present = new BitSet(names.size());
      Arrays.stream(labels).forEach(present::set);
      return IntStream.range(0, names.size()).filter(c -> !present.get(c)).boxed().toList();
    }

    @Override
    public int size() {
      return labels.length;
    }

    @Override
    public Classes subset(int[] examples) {
      Objects.requireNonNull(examples, "examples");
      return new Classes(names, Arrays.stream(examples).map(this::label).toArray());
    }

    @Override
    public int outputs() {
      return names.size();
    }

    @Override
    public String description() {
      return String.format(Locale.ROOT, "%,d class%s", names.size(), names.size() == 1 ? "" : "es");
    }
  }

  /** Numbers for each example: a vector, an image. */
  final class Numbers implements Targets {
    private final Shape shape;
    private final float[] values;
    private final int[] rows;

    private Numbers(Shape shape, float[] values, int[] rows) {
      this.shape = shape;
      this.values = values;
      this.rows = rows;
    }

    /**
     * {@return the numbers of examples}
     *
     * @param shape of those of one example
     * @param values row-major, example after example; kept, so they must not change any more
     * @throws UserException if they are no whole number of examples, or one is not finite
     */
    public static Numbers of(Shape shape, float... values) {
      Objects.requireNonNull(shape, "shape");
      Objects.requireNonNull(values, "values");
      if (values.length % shape.elements() != 0) {
        throw new UserException(
            "A target of shape %s expects %s numbers an example, but got %s numbers in all"
                .formatted(shape, shape.elements(), values.length));
      }
      for (int i = 0; i < values.length; i++) {
        if (!Float.isFinite(values[i])) {
          throw new UserException(
              "A target expects finite numbers, but example %s has %s"
                  .formatted(i / shape.elements(), values[i]));
        }
      }
      int[] rows = new int[values.length / shape.elements()];
      Arrays.setAll(rows, row -> row);
      return new Numbers(shape, values, rows);
    }

    /** {@return the shape of an example's numbers} */
    public Shape shape() {
      return shape;
    }

    /**
     * {@return a copy of the numbers of an example, row-major, {@code 0 ≤ example < size()}}
     *
     * @param example its place, from 0
     */
    public float[] read(int example) {
      int from = rows[example] * shape.elements();
      return Arrays.copyOfRange(values, from, from + shape.elements());
    }

    /**
     * {@link #read(int)} into an array that is there, of the shape's elements.
     *
     * @param example its place, from 0
     * @param into where they go, from its start
     */
    public void read(int example, float[] into) {
      Objects.requireNonNull(into, "into");
      System.arraycopy(values, rows[example] * shape.elements(), into, 0, shape.elements());
    }

    @Override
    public int size() {
      return rows.length;
    }

    @Override
    public Numbers subset(int[] examples) {
      Objects.requireNonNull(examples, "examples");
      return new Numbers(shape, values, Arrays.stream(examples).map(i -> rows[i]).toArray());
    }

    @Override
    public int outputs() {
      return shape.elements();
    }

    @Override
    public String description() {
      return "targets of %s".formatted(shape);
    }
  }
}
