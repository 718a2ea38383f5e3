package dev.vitrine.cluster;

import dev.vitrine.error.UserException;
import dev.vitrine.image.ImageFile;
import dev.vitrine.image.Preprocessing;
import dev.vitrine.image.Raster;
import dev.vitrine.tensor.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.image.ImageSchema;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** A cell of a DataFrame as a network's input. */
final class RowInputs {
  private static final int GROUND = 255;
  private static final Path NAME = Path.of("the picture");

  private RowInputs() {}

  /**
   * Refuses columns that are no inputs.
   *
   * @throws UserException if it is of no such type
   */
  static void requireType(String column, DataType type) {
    boolean numbers = type instanceof ArrayType array && array.elementType() instanceof NumericType;
    if (!numbers
        && !type.equals(SQLDataTypes.VectorType())
        && !type.equals(DataTypes.BinaryType)
        && !type.equals(ImageSchema.columnSchema())) {
      throw new UserException(
          "The column \"%s\" expects vectors, arrays of numbers, pictures as binary files or Spark's images, but is of type %s"
              .formatted(column, type.simpleString()));
    }
  }

  /** Whether a column of inputs has pictures. */
  static boolean isPicture(DataType type) {
    return type.equals(DataTypes.BinaryType) || type.equals(ImageSchema.columnSchema());
  }

  /**
   * The numbers of a cell.
   *
   * @throws UserException if it is none of the network's
   */
  static float[] of(Object cell, Preprocessing preprocessing, Shape input) {
    Optional<Raster> picture = picture(cell);
    float[] numbers =
        picture.isPresent() ? shown(picture.get(), preprocessing, input) : numbers(cell);
    if (numbers.length != input.elements()) {
      throw new UserException(
          "The network expects %s numbers, %s, but got %s"
              .formatted(input.elements(), input, numbers.length));
    }
    return numbers;
  }

  /**
   * The picture of a cell, if it is one.
   *
   * @throws UserException if it is damaged
   */
  static Optional<Raster> picture(Object cell) {
    return switch (cell) {
      case byte[] file -> Optional.of(ImageFile.read(NAME, file, GROUND).picture());
      case Row image -> Optional.of(raster(image));
      case null, default -> Optional.empty();
    };
  }

  /**
   * The numbers of a cell that is no picture.
   *
   * @throws UserException if it has none, or some are not finite
   */
  static float[] numbers(Object cell) {
    float[] numbers =
        switch (cell) {
          case null -> throw new UserException("The cell is empty");
          case Vector vector -> narrowed(vector.toArray());
          case Seq<?> values -> listed(CollectionConverters.asJava(values));
          case List<?> values -> listed(values);
          default -> throw new UserException("A cell of %s is no input".formatted(cell.getClass()));
        };
    for (float number : numbers) {
      if (!Float.isFinite(number)) {
        throw new UserException("The input has numbers that are not finite");
      }
    }
    return numbers;
  }

  private static float[] shown(Raster picture, Preprocessing preprocessing, Shape input) {
    return preprocessing.numbers(preprocessing.view(picture, input), input);
  }

  private static float[] narrowed(double... wide) {
    float[] numbers = new float[wide.length];
    for (int i = 0; i < wide.length; i++) {
      numbers[i] = (float) wide[i];
    }
    return numbers;
  }

  private static float[] listed(List<?> values) {
    float[] numbers = new float[values.size()];
    int i = 0;
    for (Object value : values) {
      if (!(value instanceof Number number)) {
        throw new UserException("Number %s of the array is missing".formatted(i + 1));
      }
      numbers[i++] = number.floatValue();
    }
    return numbers;
  }

  /** Rows of pixels, blue first, as Spark's image source has them. */
  private static Raster raster(Row image) {
    int channels = ImageSchema.getNChannels(image);
    int width = ImageSchema.getWidth(image);
    int height = ImageSchema.getHeight(image);
    byte[] data = ImageSchema.getData(image);
    if (channels < 1 || width < 1 || height < 1 || data.length != width * height * channels) {
      throw new UserException("The picture could not be decoded by Spark");
    }
    int planes = channels == 1 ? 1 : 3;
    byte[] values = new byte[planes * width * height];
    for (int i = 0; i < width * height; i++) {
      for (int plane = 0; plane < planes; plane++) {
        values[plane * width * height + i] = data[i * channels + planes - 1 - plane];
      }
    }
    return Raster.of(Shape.of(planes, height, width), values, 0);
  }
}
