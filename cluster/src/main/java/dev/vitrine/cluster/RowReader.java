package dev.vitrine.cluster;

import dev.vitrine.error.UserException;
import dev.vitrine.image.Raster;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Reads a DataFrame's rows in the order of a column, whatever their partitions. */
final class RowReader {
  private static final int ORDER = 0;
  private static final int INPUT = 1;
  private static final int LABEL = 2;
  private static final int FIRST_ROOM = 64;

  private final Optional<Shape> said;
  private Shape shape;
  private float[] numbers = {};
  private byte[] pixels = {};
  private int[] labels = {};
  private int rows;

  private RowReader(Optional<Shape> said) {
    this.said = said;
  }

  /**
   * The rows.
   *
   * @param frame with the columns order, input and label, in this order
   * @param shape of an example of numbers, if it is said
   * @throws UserException if a cell is not as it should be, or there are no rows
   */
  static TrainingRows read(Dataset<Row> frame, Optional<Shape> shape) {
    RowReader reader = new RowReader(shape);
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
      labels = Arrays.copyOf(labels, Math.max(FIRST_ROOM, room(rows)));
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
    int from = Math.multiplyExact(rows, values.length);
    if (from + values.length > numbers.length) {
      numbers = Arrays.copyOf(numbers, Math.max(FIRST_ROOM * values.length, room(from)));
    }
    System.arraycopy(values, 0, numbers, from, values.length);
  }

  private void add(Raster picture) {
    Shape its = Shape.of(picture.channels(), picture.height(), picture.width());
    if (shape == null) {
      shape = its;
    }
    require(its.equals(shape), "a picture of " + its);
    int from = Math.multiplyExact(rows, its.elements());
    if (from + its.elements() > pixels.length) {
      pixels = Arrays.copyOf(pixels, Math.max(FIRST_ROOM * its.elements(), room(from)));
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

  /** Half as much again. */
  private static int room(int now) {
    return (int) Math.min(Integer.MAX_VALUE - 8, now + (now >> 1) + 1L);
  }

  private TrainingRows rows() {
    int elements = Math.multiplyExact(rows, shape.elements());
    return new TrainingRows(
        shape.sizes(),
        numbers.length == 0 ? numbers : Arrays.copyOf(numbers, elements),
        pixels.length == 0 ? pixels : Arrays.copyOf(pixels, elements),
        Arrays.copyOf(labels, rows));
  }
}
