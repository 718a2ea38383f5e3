package dev.vitrine.data;

import dev.vitrine.error.UserException;
import dev.vitrine.image.ImageSize;
import dev.vitrine.image.PlaneResampler;
import dev.vitrine.image.Raster;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Examples, and what a network is to say of each: images of unsigned bytes, or any numbers in
 * single precision, such as the features of a table. The numbers of all examples lie in one array,
 * one example after the other; a subset is a list of row numbers over the same array. Immutable, as
 * long as those who take the raw array only read it.
 */
public final class Dataset {
  private final String name;
  private final Shape shape;
  private final Shape stored;
  private final Samples samples;
  private final int[] rows;
  private final Targets targets;
  private final Origin origin;
  private final Optional<PlaneResampler> resizing;

  private Dataset(
      String name,
      Shape stored,
      Samples samples,
      int[] rows,
      Targets targets,
      Origin origin,
      Optional<PlaneResampler> resizing) {
    this.name = name;
    this.stored = stored;
    this.resizing = resizing;
    shape = resizing.map(PlaneResampler::shape).orElse(stored);
    this.samples = samples;
    this.rows = rows;
    this.targets = targets;
    this.origin = origin;
  }

  /**
   * {@return a dataset over an array of pixels, which it keeps: they must not change any more}
   *
   * @param name what messages call it
   * @param shape of an image, {@code (C, H, W)}
   * @param pixels 0 … 255 as unsigned bytes, example after example, each {@code C H W}
   * @param targets one for each example
   * @throws UserException if the sizes do not fit one another, or there is no example
   */
  public static Dataset of(String name, Shape shape, byte[] pixels, Targets targets) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(pixels, "pixels");
    Objects.requireNonNull(targets, "targets");
    if (shape.rank() != 3) {
      throw new UserException(
          "Data set %s expects images of shape (C, H, W), but got %s".formatted(name, shape));
    }
    return of(name, shape, new Samples.Bytes(pixels), "pixels", targets);
  }

  /**
   * {@return a dataset over an array of numbers, which it keeps: they must not change any more}
   *
   * @param name what messages call it
   * @param shape of an example: {@code (F)} for features; {@code (C, H, W)} for an image, whose
   *     samples are on the scale of 0 … 255
   * @param values finite, example after example, row-major
   * @param targets one for each example
   * @throws UserException if the sizes do not fit one another, a number is not finite, or there is
   *     no example
   */
  public static Dataset of(String name, Shape shape, float[] values, Targets targets) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(values, "values");
    Objects.requireNonNull(targets, "targets");
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new UserException(
            "Data set %s expects finite numbers, but example %s has %s"
                .formatted(name, i / shape.elements(), values[i]));
      }
    }
    return of(name, shape, new Samples.Floats(values), "numbers", targets);
  }

  private static Dataset of(
      String name, Shape shape, Samples samples, String called, Targets targets) {
    if (targets.size() == 0) {
      throw new UserException("Data set %s is empty".formatted(name));
    }
    long wanted = (long) targets.size() * shape.elements();
    if (samples.length() != wanted) {
      throw new UserException(
          "Data set %s expects %s %s for %s examples of %s, but got %s"
              .formatted(name, wanted, called, targets.size(), shape, samples.length()));
    }
    int[] rows = new int[targets.size()];
    Arrays.setAll(rows, row -> row);
    return new Dataset(name, shape, samples, rows, targets, Origin.UNKNOWN, Optional.empty());
  }

  /**
   * {@return a dataset as {@link #of(String, Shape, byte[], Targets)} makes it, with classes}
   *
   * @param name what messages call it
   * @param shape of an image, {@code (C, H, W)}
   * @param pixels 0 … 255 as unsigned bytes, example after example, each {@code C H W}
   * @param labels one unsigned byte an example, below the number of classes
   * @param classNames one or more
   * @throws UserException if the sizes do not fit one another, a label is out of range, or there is
   *     no example
   */
  public static Dataset of(
      String name, Shape shape, byte[] pixels, byte[] labels, List<String> classNames) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(pixels, "pixels");
    Objects.requireNonNull(labels, "labels");
    Objects.requireNonNull(classNames, "classNames");
    int[] numbers = new int[labels.length];
    Arrays.setAll(numbers, i -> Byte.toUnsignedInt(labels[i]));
    return of(
        name, shape, pixels, Targets.Classes.checked("Data set " + name, classNames, numbers));
  }

  /**
   * {@return the same, saying where it comes from}
   *
   * @param whence where it comes from
   */
  public Dataset origin(Origin whence) {
    Objects.requireNonNull(whence, "whence");
    return new Dataset(name, stored, samples, rows, targets, whence, resizing);
  }

  /**
   * {@return the same with its images resized, as {@link dev.vitrine.image.Resampler} does it, each
   * time that one is asked for: they take no memory} An image that is resized already is made anew
   * from what it was.
   *
   * @param size of the images after resizing
   * @throws UserException if they are no images of bytes
   */
  public Dataset resized(ImageSize size) {
    Objects.requireNonNull(size, "size");
    if (hasFloats()) {
      throw new UserException(
          "Data set %s holds numbers of shape %s, which are not resized: leave the size out"
              .formatted(name, stored));
    }
    boolean same = size.height() == stored.size(1) && size.width() == stored.size(2);
    Optional<PlaneResampler> how =
        same ? Optional.empty() : Optional.of(PlaneResampler.of(stored, size));
    return new Dataset(name, stored, samples, rows, targets, origin, how);
  }

  /** {@return where it comes from; of a subset, whence the whole does} */
  public Origin origin() {
    return origin;
  }

  /** {@return what messages call it} */
  public String name() {
    return name;
  }

  /** {@return how many examples} */
  public int size() {
    return rows.length;
  }

  /** {@return the shape of an example; of an image {@code (C, H, W)}} */
  public Shape shape() {
    return shape;
  }

  /** {@return whether its examples are numbers in single precision, not bytes} */
  public boolean hasFloats() {
    return samples instanceof Samples.Floats;
  }

  /** {@return whether an example can be shown: it is a grey or coloured image} */
  public boolean hasPictures() {
    return shape.rank() == 3 && (shape.size(0) == 1 || shape.size(0) == 3);
  }

  /** {@return what a network is to say of each example} */
  public Targets targets() {
    return targets;
  }

  /**
   * {@return the targets, if they are classes}
   *
   * @throws UserException if they are not
   */
  public Targets.Classes classes() {
    if (targets instanceof Targets.Classes classes) {
      return classes;
    }
    throw new UserException(
        "Data set %s has %s, but a classifier expects classes"
            .formatted(name, targets.description()));
  }

  /** {@return the name of every class, by label; of {@link #classes}} */
  public List<String> classNames() {
    return classes().names();
  }

  /**
   * {@return the label of an example, {@code 0 ≤ example < size()}; of {@link #classes}}
   *
   * @param example its place, from 0
   * @throws IndexOutOfBoundsException if it is none of them
   */
  public int label(int example) {
    requireExample(example);
    return classes().label(example);
  }

  /**
   * {@return an example's image; samples that are not whole are rounded}
   *
   * @param example its place, from 0
   * @throws IllegalStateException unless it {@link #hasPictures}
   */
  public Raster picture(int example) {
    if (!hasPictures()) {
      throw new IllegalStateException("Examples of %s are no pictures".formatted(shape));
    }
    if (!hasFloats()) {
      return Raster.of(shape, array(example), offset(example));
    }
    float[] numbers = new float[shape.elements()];
    read(example, numbers);
    byte[] bytes = new byte[numbers.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.round(Math.clamp(numbers[i], 0f, 255f));
    }
    return Raster.of(shape, bytes, 0);
  }

  /**
   * Reads the numbers of an example, bytes as 0 … 255.
   *
   * @param example its place, from 0
   * @param into where they go, row-major, from its start; of the shape's elements
   */
  public void read(int example, float[] into) {
    Objects.requireNonNull(into, "into");
    if (samples instanceof Samples.Floats floats) {
      requireExample(example);
      System.arraycopy(floats.array(), offset(example), into, 0, shape.elements());
      return;
    }
    byte[] from = array(example);
    int at = offset(example);
    for (int i = 0; i < shape.elements(); i++) {
      into[i] = Byte.toUnsignedInt(from[at + i]);
    }
  }

  /**
   * {@return an element of an example's image, in the order {@code C H W}: 0 … 255}
   *
   * @param example its place, from 0
   * @param element its place in the image
   * @throws IllegalStateException if the examples are no bytes
   */
  public int pixel(int example, int element) {
    Objects.checkIndex(element, shape.elements());
    return Byte.toUnsignedInt(array(example)[offset(example) + element]);
  }

  /**
   * {@return an array in which an example's image lies from {@link #offset} on, in the order {@code
   * C H W}, to be read only: that of all pixels, or a new one if images are resized}
   *
   * @param example its place, from 0
   * @throws IllegalStateException if the examples are no bytes
   */
  public byte[] array(int example) {
    requireExample(example);
    byte[] pixels = bytes();
    int from = rows[example] * stored.elements();
    return resizing.map(how -> how.resize(pixels, from)).orElse(pixels);
  }

  /**
   * {@return where an example begins in {@link #array}, or would if it is not resized; it has
   * {@code shape().elements()} numbers}
   *
   * @param example its place, from 0
   */
  public int offset(int example) {
    return resizing.isPresent() ? 0 : rows[example] * stored.elements();
  }

  /**
   * {@return the pixels of all examples of the data set that this one is a subset of, to be read
   * only: example {@code i} begins at {@link #offset offset(i)}}
   *
   * @throws IllegalStateException if images are resized, as they lie nowhere then, or the examples
   *     are no bytes
   */
  public byte[] pixels() {
    if (resizing.isPresent()) {
      throw new IllegalStateException("Resized images lie in no array: ask for one at a time");
    }
    return bytes();
  }

  private byte[] bytes() {
    if (samples instanceof Samples.Bytes bytes) {
      return bytes.array();
    }
    throw new IllegalStateException("Data set %s holds no bytes".formatted(name));
  }

  /** What equal examples share, before they are resized. */
  int hash(int example) {
    return samples.hash(rows[example] * stored.elements(), stored.elements());
  }

  /** Whether two examples are equal, before they are resized. */
  boolean same(int example, int other) {
    return same(example, this, other);
  }

  /** Whether an example is equal to one of another data set, before they are resized. */
  boolean same(int example, Dataset others, int other) {
    int size = stored.elements();
    return stored.equals(others.stored)
        && samples.same(rows[example] * size, others.samples, others.rows[other] * size, size);
  }

  /**
   * {@return which of these examples are exact copies of one of another data set, whatever their
   * targets are} Who has learned from the others knows these already.
   *
   * @param others such as those that were learned from, where these are to judge
   */
  public BitSet copiesOf(Dataset others) {
    Objects.requireNonNull(others, "others");
    return Duplicates.between(this, others);
  }

  /**
   * {@return the examples at these places, in this order, over the same pixels} A place may stand
   * twice.
   *
   * @param examples places in this data set, from 0
   * @throws UserException if there is none
   * @throws IndexOutOfBoundsException if one is negative, or not below {@link #size}
   */
  public Dataset subset(int[] examples) {
    Objects.requireNonNull(examples, "examples");
    if (examples.length == 0) {
      throw new UserException(
          "Data set %s: a subset expects examples, but got none".formatted(name));
    }
    Arrays.stream(examples).forEach(this::requireExample);
    int[] subset = Arrays.stream(examples).map(example -> rows[example]).toArray();
    return new Dataset(name, stored, samples, subset, targets.subset(examples), origin, resizing);
  }

  private void requireExample(int example) {
    if (example < 0 || example >= size()) {
      throw new IndexOutOfBoundsException(
          "Data set %s has examples 0 to %s, but %s was asked for"
              .formatted(name, size() - 1, example));
    }
  }

  /**
   * {@return the examples {@code from … to − 1}, over the same pixels}
   *
   * @param from the first example
   * @param to the example behind the last
   * @throws UserException unless {@code 0 ≤ from < to ≤ size()}
   */
  public Dataset slice(int from, int to) {
    if (from < 0 || from >= to || to > size()) {
      throw new UserException(
          "Data set %s has examples 0 to %s, but %s to %s were asked for"
              .formatted(name, size() - 1, from, to - 1));
    }
    return subset(IntStream.range(from, to).toArray());
  }

  @Override
  public String toString() {
    String of = targets instanceof Targets.Classes ? "in" : "with";
    String what = shape.rank() == 3 ? "images" : "examples";
    return String.format(
        Locale.ROOT,
        "%s: %,d %s of %s %s %s",
        name,
        size(),
        what,
        shape,
        of,
        targets.description());
  }
}
