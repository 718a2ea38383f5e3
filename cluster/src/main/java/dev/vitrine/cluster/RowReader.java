package dev.vitrine.cluster;

import dev.vitrine.error.UserException;
import dev.vitrine.image.Raster;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Reads a DataFrame's rows in the order of a column, whatever their partitions. */
final class RowReader {
  private static final int ORDER = 0;
  private static final int INPUT = 1;
  private static final int LABEL = 2;
  private static final int FIRST_ROOM = 64;

  /** As long as arrays are. */
  private static final int MOST = Integer.MAX_VALUE - 8;

  private final Optional<Shape> said;

  /** Whether there is memory for so many bytes more. */
  private final LongPredicate fits;

  private Shape shape;
  private float[] numbers = {};
  private byte[] pixels = {};
  private int[] labels = {};
  private int rows;

  private RowReader(Optional<Shape> said, LongPredicate fits) {
    this.said = said;
    this.fits = fits;
  }

  /**
   * The rows.
   *
   * @param frame with the columns order, input and label, in this order
   * @param shape of an example of numbers, if it is said
   * @throws UserException if a cell is not as it should be, there are no rows, or more than the
   *     driver has memory for
   */
  static TrainingRows read(Dataset<Row> frame, Optional<Shape> shape) {
    return read(frame, shape, RowReader::fitsHeap);
  }

  static TrainingRows read(Dataset<Row> frame, Optional<Shape> shape, LongPredicate fits) {
    RowReader reader = new RowReader(shape, fits);
    Iterator<Row> sorted =
        frame.orderBy(frame.col(VitrineTrainer.quoted(frame.columns()[ORDER]))).toLocalIterator();
    Object before = null;
    while (sorted.hasNext()) {
      Row row = sorted.next();
      Object order = row.get(ORDER);
      if (order == null || Objects.equals(order, before)) {
        throw new UserException(
            order == null
                ? "The column \"%s\" orders the rows, but is empty in one"
                    .formatted(frame.columns()[ORDER])
                : "The column \"%s\" orders the rows, but has %s twice"
                    .formatted(frame.columns()[ORDER], order));
      }
      before = order;
      try {
        reader.add(row);
      } catch (UserException e) {
        throw e.of("The row whose \"%s\" is %s".formatted(frame.columns()[ORDER], order));
      }
    }
    if (reader.rows == 0) {
      throw new UserException("The DataFrame has no rows to learn from");
    }
    return reader.rows();
  }

  private void add(Row row) {
    Optional<Raster> picture = RowInputs.picture(row.get(INPUT));
    if (picture.isPresent()) {
      add(picture.get());
    } else {
      add(RowInputs.numbers(row.get(INPUT)));
    }
    if (rows == labels.length) {
      labels = Arrays.copyOf(labels, room(rows, 1, Integer.BYTES));
    }
    labels[rows++] = label(row.get(LABEL));
  }

  private static int label(Object cell) {
    double value = cell instanceof Number number ? number.doubleValue() : -1;
    if (value < 0 || value != Math.rint(value) || value > 1_000_000) {
      throw UserException.expecting("The label", "a class's number, 0, 1 …", String.valueOf(cell));
    }
    return (int) value;
  }

  private void add(float... values) {
    if (shape == null) {
      shape = said.orElse(Shape.of(values.length));
    }
    require(values.length == shape.elements(), values.length + " numbers");
    int from = rows * values.length;
    if (from + values.length > numbers.length) {
      numbers = Arrays.copyOf(numbers, room(from, values.length, Float.BYTES));
    }
    System.arraycopy(values, 0, numbers, from, values.length);
  }

  private void add(Raster picture) {
    Shape its = Shape.of(picture.channels(), picture.height(), picture.width());
    if (shape == null) {
      shape = its;
    }
    require(its.equals(shape), "a picture of " + its);
    int from = rows * its.elements();
    if (from + its.elements() > pixels.length) {
      pixels = Arrays.copyOf(pixels, room(from, its.elements(), Byte.BYTES));
    }
    picture.planes(pixels, from, its.size(0));
  }

  private void require(boolean fits, String got) {
    if (!fits) {
      throw new UserException(
          "All inputs are of one shape, %s, but this is %s: bring them to one size before"
              .formatted(shape, got));
    }
  }

  /** Elements for half as many rows again, each of so many, if there is memory for them. */
  private int room(int now, int each, int bytes) {
    long wanted = Math.min(MOST, Math.max((long) FIRST_ROOM * each, now * 3L / 2 + each));
    requireRoom((long) now + each <= MOST && fits.test(wanted * bytes));
    return (int) wanted;
  }

  private void requireRoom(boolean there) {
    if (!there) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "The driver, which holds all rows, has no memory for more than %,d of these: give it more (spark.driver.memory), or train on fewer",
              rows));
    }
  }

  private static boolean fitsHeap(long bytes) {
    if (bytes <= free()) {
      return true;
    }
    System.gc(); // garbage counts as used until then
    return bytes <= free();
  }

  private static long free() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
  }

  private TrainingRows rows() {
    int elements = rows * shape.elements();
    requireRoom(fits.test((long) elements * (pixels.length == 0 ? Float.BYTES : Byte.BYTES)));
    return new TrainingRows(
        shape.sizes(),
        numbers.length == 0 ? numbers : Arrays.copyOf(numbers, elements),
        pixels.length == 0 ? pixels : Arrays.copyOf(pixels, elements),
        Arrays.copyOf(labels, rows));
  }
}
