package dev.vitrine.data;

import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Labelled images of unsigned bytes. The pixels of all examples lie in one array, one example after
 * the other; a subset is a list of row numbers over the same array. Immutable, as long as those who
 * take the raw arrays only read them.
 */
public final class Dataset {
  private final String name;
  private final Shape shape;
  private final byte[] pixels;
  private final byte[] labels;
  private final List<String> classNames;
  private final int[] rows;

  private Dataset(Dataset whole, int[] rows) {
    this(whole.name, whole.shape, whole.pixels, whole.labels, whole.classNames, rows);
  }

  private Dataset(
      String name, Shape shape, byte[] pixels, byte[] labels, List<String> classNames, int[] rows) {
    this.name = name;
    this.shape = shape;
    this.pixels = pixels;
    this.labels = labels;
    this.classNames = classNames;
    this.rows = rows;
  }

  /**
   * A dataset over the given arrays, which it keeps: they must not change any more.
   *
   * @param name what messages call it
   * @param shape of an image, {@code (C, H, W)}
   * @param pixels 0 … 255 as unsigned bytes, example after example, each {@code C H W}
   * @param labels one unsigned byte an example, below the number of classes
   * @param classNames 1 … 256 of them
   * @throws UserException if the lengths do not fit one another, a label is out of range, or there
   *     is no example
   */
  public static Dataset of(
      String name, Shape shape, byte[] pixels, byte[] labels, List<String> classNames) {
    if (shape.rank() != 3) {
      throw new UserException(
          "Data set %s expects images of shape (C, H, W), but got %s".formatted(name, shape));
    }
    if (classNames.isEmpty() || classNames.size() > 256) {
      throw new UserException(
          "Data set %s expects 1 to 256 classes, but got %d".formatted(name, classNames.size()));
    }
    if (labels.length == 0) {
      throw new UserException("Data set %s is empty".formatted(name));
    }
    if (pixels.length != (long) labels.length * shape.elements()) {
      throw new UserException(
          "Data set %s expects %d pixels for %d labels and images of %s, but got %d"
              .formatted(
                  name,
                  (long) labels.length * shape.elements(),
                  labels.length,
                  shape,
                  pixels.length));
    }
    checkLabels(name, labels, classNames.size());
    int[] rows = new int[labels.length];
    Arrays.setAll(rows, row -> row);
    return new Dataset(name, shape, pixels, labels, List.copyOf(classNames), rows);
  }

  private static void checkLabels(String name, byte[] labels, int classes) {
    for (int i = 0; i < labels.length; i++) {
      if (Byte.toUnsignedInt(labels[i]) >= classes) {
        throw new UserException(
            "Data set %s expects labels from 0 to %d, but example %d has label %d"
                .formatted(name, classes - 1, i, Byte.toUnsignedInt(labels[i])));
      }
    }
  }

  /** What messages call it. */
  public String name() {
    return name;
  }

  /** How many examples. */
  public int size() {
    return rows.length;
  }

  /** The shape of an image, {@code (C, H, W)}. */
  public Shape shape() {
    return shape;
  }

  /** The name of every class, by label. */
  public List<String> classNames() {
    return classNames;
  }

  /** The label of an example, {@code 0 ≤ example < size()}. */
  public int label(int example) {
    return Byte.toUnsignedInt(labels[rows[example]]);
  }

  /** An element of an example's image, in the order {@code C H W}: 0 … 255. */
  public int pixel(int example, int element) {
    Objects.checkIndex(element, shape.elements());
    return Byte.toUnsignedInt(pixels[offset(example) + element]);
  }

  /**
   * Where in {@link #pixels} an example's image begins; it has {@code shape().elements()} bytes.
   */
  public int offset(int example) {
    return rows[example] * shape.elements();
  }

  /**
   * The pixels of all examples of the data set that this one is a subset of, to be read only:
   * example {@code i} begins at {@link #offset offset(i)}.
   */
  public byte[] pixels() {
    return pixels;
  }

  /**
   * The examples at these places, in this order, over the same pixels. A place may stand twice.
   *
   * @throws UserException if there is none
   * @throws IndexOutOfBoundsException if one is not below {@link #size}
   */
  public Dataset subset(int[] examples) {
    if (examples.length == 0) {
      throw new UserException(
          "Data set %s: a subset expects examples, but got none".formatted(name));
    }
    int[] subset = new int[examples.length];
    for (int i = 0; i < subset.length; i++) {
      subset[i] = rows[examples[i]];
    }
    return new Dataset(this, subset);
  }

  /**
   * The examples {@code from … to − 1}, over the same pixels.
   *
   * @throws UserException unless {@code 0 ≤ from < to ≤ size()}
   */
  public Dataset slice(int from, int to) {
    if (from < 0 || from >= to || to > size()) {
      throw new UserException(
          "Data set %s has examples 0 to %d, but %d to %d were asked for"
              .formatted(name, size() - 1, from, to - 1));
    }
    return new Dataset(this, Arrays.copyOfRange(rows, from, to));
  }

  @Override
  public String toString() {
    return "%s: %,d images of %s in %d classes".formatted(name, size(), shape, classNames.size());
  }
}
