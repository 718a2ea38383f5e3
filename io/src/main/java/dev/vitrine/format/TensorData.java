package dev.vitrine.format;

import dev.vitrine.tensor.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * A named tensor to be written: a view of an array of the caller's, which is read when the file is
 * written.
 */
public final class TensorData {
  private static final int CHUNK = 8192;

  private final String name;
  private final DType dtype;
  private final Shape shape;
  private final Filler filler;

  private TensorData(String name, DType dtype, Shape shape, Filler filler) {
    this.name = name;
    this.dtype = dtype;
    this.shape = shape;
    this.filler = filler;
  }

  /** Gives a tensor's elements, from the first to the last, perhaps more than once. */
  @FunctionalInterface
  public interface Filler {
    /**
     * Puts elements {@code from … from + count − 1} into a chunk, from its first byte on.
     *
     * @param chunk little-endian; its position stays 0
     * @param from the first element; 0 begins anew
     * @param count how many
     */
    void fill(ByteBuffer chunk, int from, int count);
  }

  /**
   * {@return a tensor of any type}
   *
   * @param name the tensor's name
   * @param dtype the type it is written in
   * @param shape the tensor's sizes
   * @param filler gives its elements
   */
  public static TensorData of(String name, DType dtype, Shape shape, Filler filler) {
    return new TensorData(
        Objects.requireNonNull(name, "name"),
        Objects.requireNonNull(dtype, "dtype"),
        Objects.requireNonNull(shape, "shape"),
        Objects.requireNonNull(filler, "filler"));
  }

  /**
   * {@return a tensor of single-precision numbers: {@code shape.elements()} of them from {@code
   * offset} on}
   *
   * @param name the tensor's name
   * @param shape the tensor's sizes
   * @param values row-major; kept, not copied
   * @param offset where in {@code values} the tensor begins
   * @throws IndexOutOfBoundsException if the array is too short
   */
  public static TensorData floats(String name, Shape shape, float[] values, int offset) {
    Objects.checkFromIndexSize(offset, shape.elements(), values.length);
    return new TensorData(
        name,
        DType.F32,
        shape,
        (chunk, from, count) -> chunk.asFloatBuffer().put(values, offset + from, count));
  }

  /**
   * {@return all of an array of single-precision numbers, as {@link #floats(String, Shape, float[],
   * int)}}
   *
   * @param name the tensor's name
   * @param shape the tensor's sizes
   * @param values row-major; kept, not copied
   */
  public static TensorData floats(String name, Shape shape, float[] values) {
    return floats(name, shape, values, 0);
  }

  /**
   * {@return a tensor of signed 64-bit integers}
   *
   * @param name the tensor's name
   * @param shape the tensor's sizes
   * @param values row-major; kept, not copied
   * @throws IndexOutOfBoundsException if the array is too short
   */
  public static TensorData longs(String name, Shape shape, long[] values) {
    Objects.checkFromIndexSize(0, shape.elements(), values.length);
    return new TensorData(
        name,
        DType.I64,
        shape,
        (chunk, from, count) -> chunk.asLongBuffer().put(values, from, count));
  }

  /**
   * {@return a tensor of one signed 64-bit integer, without axes: a step, a seed}
   *
   * @param name the tensor's name
   * @param value the number
   */
  public static TensorData counter(String name, long value) {
    return longs(name, Shape.scalar(), new long[] {value});
  }

  /** {@return the tensor's name} */
  public String name() {
    return name;
  }

  /** {@return the type it is written in} */
  public DType dtype() {
    return dtype;
  }

  /** {@return the tensor's sizes} */
  public Shape shape() {
    return shape;
  }

  /** {@return how many bytes its elements take} */
  public long bytes() {
    return (long) shape.elements() * dtype.bytes();
  }

  /**
   * Writes the bytes of its elements, little-endian, row by row.
   *
   * @param out where they go
   * @throws IOException if they cannot be written there
   */
  public void writeTo(OutputStream out) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK * dtype.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < shape.elements(); from += CHUNK) {
      int count = Math.min(CHUNK, shape.elements() - from);
      filler.fill(chunk, from, count);
      out.write(chunk.array(), 0, count * dtype.bytes());
    }
  }
}
