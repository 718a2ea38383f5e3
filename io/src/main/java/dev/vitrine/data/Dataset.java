package dev.vitrine.data;

import dev.vitrine.error.UserException;
import dev.vitrine.image.ImageSize;
import dev.vitrine.image.PlaneResampler;
import dev.vitrine.image.Raster;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Images of unsigned bytes, and what a network is to say of each. The pixels of all examples lie in
 * one array, one example after the other; a subset is a list of row numbers over the same array.
 * Immutable, as long as those who take the raw array only read it.
 */
public final class Dataset {
  private final String name;
  private final Shape shape;
  private final Shape stored;
  private final byte[] pixels;
  private final int[] rows;
  private final Targets targets;
  private final Origin origin;
  private final Optional<PlaneResampler> resizing;

  private Dataset(
      String name,
      Shape stored,
      byte[] pixels,
      int[] rows,
      Targets targets,
      Origin origin,
      Optional<PlaneResampler> resizing) {
    this.name = name;
    this.stored = stored;
    this.resizing = resizing;
    shape = resizing.map(PlaneResampler::shape).orElse(stored);
    this.pixels = pixels;
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
    if (targets.size() == 0) {
      throw new UserException("Data set %s is empty".formatted(name));
    }
    long wanted = (long) targets.size() * shape.elements();
    if (pixels.length != wanted) {
      throw new UserException(
          "Data set %s expects %s pixels for %s examples of %s, but got %s"
              .formatted(name, wanted, targets.size(), shape, pixels.length));
    }
    int[] rows = new int[targets.size()];
    Arrays.setAll(rows, row -> row);
    return new Dataset(name, shape, pixels, rows, targets, Origin.UNKNOWN, Optional.empty());
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
    return new Dataset(name, stored, pixels, rows, targets, whence, resizing);
  }

  /**
   * {@return the same with its images resized, as {@link dev.vitrine.image.Resampler} does it, each
   * time that one is asked for: they take no memory} An image that is resized already is made anew
   * from what it was.
   *
   * @param size of the images after resizing
   */
  public Dataset resized(ImageSize size) {
    Objects.requireNonNull(size, "size");
    boolean same = size.height() == stored.size(1) && size.width() == stored.size(2);
    Optional<PlaneResampler> how =
        same ? Optional.empty() : Optional.of(PlaneResampler.of(stored, size));
    return new Dataset(name, stored, pixels, rows, targets, origin, how);
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

  /** {@return the shape of an image, {@code (C, H, W)}} */
  public Shape shape() {
    return shape;
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
   * {@return an example's image}
   *
   * @param example its place, from 0
   */
  public Raster picture(int example) {
    return Raster.of(shape, array(example), offset(example));
  }

  /**
   * {@return an element of an example's image, in the order {@code C H W}: 0 … 255}
   *
   * @param example its place, from 0
   * @param element its place in the image
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
   */
  public byte[] array(int example) {
    requireExample(example);
    int from = rows[example] * stored.elements();
    return resizing.map(how -> how.resize(pixels, from)).orElse(pixels);
  }

  /**
   * {@return where in {@link #array} an example's image begins; it has {@code shape().elements()}
   * bytes}
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
   * @throws IllegalStateException if images are resized, as they lie nowhere then
   */
  public byte[] pixels() {
    if (resizing.isPresent()) {
      throw new IllegalStateException("Resized images lie in no array: ask for one at a time");
    }
    return pixels;
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
    return new Dataset(name, stored, pixels, subset, targets.subset(examples), origin, resizing);
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
    return String.format(
        Locale.ROOT, "%s: %,d images of %s %s %s", name, size(), shape, of, targets.description());
  }
}
