package dev.vitrine.format;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * NumPy's file of one array ({@code numpy.lib.format}, version 1.0): a signature, the length of the
 * header, the header as a Python dictionary that ends at a multiple of 64 bytes, then the numbers,
 * the last axis fastest.
 */
public final class Npy {
  private static final byte[] SIGNATURE = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final int ALIGNMENT = 64;

  private Npy() {}

  /**
   * Writes or replaces a file of little-endian 32-bit floats, by {@link AtomicFile}.
   *
   * @param file where it goes
   * @param shape the array's sizes
   * @param values row-major
   * @throws IllegalArgumentException if {@code values} has another length than the shape
   * @throws UserException if the file cannot be written
   */
  public static void write(Path file, Shape shape, float[] values) {
    AtomicFile.write(file, out -> write(out, shape, values));
  }

  /**
   * Writes such a file's bytes.
   *
   * @param out where the bytes go
   * @param shape the array's sizes
   * @param values row-major
   * @throws IllegalArgumentException if {@code values} has another length than the shape
   * @throws IOException if {@code out} does not take them
   */
  public static void write(OutputStream out, Shape shape, float[] values) throws IOException {
    if (values.length != shape.elements()) {
      throw new IllegalArgumentException(
          "An array of shape %s expects %s numbers, but got %s"
              .formatted(shape, shape.elements(), values.length));
    }
    write(out, TensorData.floats("", shape, values));
  }

  /**
   * Writes or replaces a file of one tensor, by {@link AtomicFile}.
   *
   * @param file where it goes
   * @param tensor the tensor; its name is not written
   * @throws UserException if the file cannot be written, or NumPy has no such type
   */
  public static void write(Path file, TensorData tensor) {
    header(tensor);
    AtomicFile.write(file, out -> write(out, tensor));
  }

  static void write(OutputStream out, TensorData tensor) throws IOException {
    out.write(header(tensor));
    tensor.writeTo(out);
  }

  private static String type(TensorData tensor) {
    return switch (tensor.dtype()) {
      case F64 -> "<f8";
      case F32 -> "<f4";
      case F16 -> "<f2";
      case I64 -> "<i8";
      case I32 -> "<i4";
      case I16 -> "<i2";
      case I8 -> "|i1";
      case U64 -> "<u8";
      case U32 -> "<u4";
      case U16 -> "<u2";
      case U8 -> "|u1";
      case BOOL -> "|b1";
      case BF16, F8_E4M3, F8_E5M2 ->
          throw UserException.advising(
              "NumPy has no type like %s, which tensor %s has"
                  .formatted(tensor.dtype(), Quote.of(tensor.name())),
              "say f32 as %s",
              "the type of numbers");
    };
  }

  static byte[] header(TensorData tensor) {
    Shape shape = tensor.shape();
    String sizes =
        Arrays.stream(shape.sizes()).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    String tuple = shape.rank() == 1 ? sizes + "," : sizes;
    String fields =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }".formatted(type(tensor), tuple);
    int start = SIGNATURE.length + Short.BYTES;
    int whole = Math.ceilDiv(start + fields.length() + 1, ALIGNMENT) * ALIGNMENT;
    String padded = fields + " ".repeat(whole - start - fields.length() - 1) + "\n";
    return ByteBuffer.allocate(whole)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(SIGNATURE)
        .putShort((short) (whole - start))
        .put(padded.getBytes(StandardCharsets.US_ASCII))
        .array();
  }
}
