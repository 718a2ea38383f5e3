package dev.vitrine.format;

import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/**
 * An array in IDX, the format of MNIST (Y. LeCun, C. Cortes, C. Burges): two zero bytes, the type,
 * the number of dimensions, one big-endian 32-bit size a dimension, then the values with the last
 * dimension fastest. Images are unsigned bytes; labels may be signed bytes and 16-bit or 32-bit
 * integers, too. Plain files are memory-mapped; gzip is recognised by its content, not by the name.
 */
public final class Idx {
  private static final int BUFFER_BYTES = 1 << 16;

  /** Deflate cannot pack tighter, so a file that claims to is cut off (or a trap for memory). */
  private static final long MOST_DEFLATE_RATIO = 1032;

  private final IdxHeader header;
  private final byte[] values;

  private Idx(IdxHeader header, byte[] values) {
    this.header = header;
    this.values = values;
  }

  /** {@return all sizes, the number of examples first} */
  public Shape dims() {
    return header.dims();
  }

  /** {@return the bytes of the values themselves, not a copy; one a value of images} */
  public byte[] values() {
    return values;
  }

  /**
   * A value of labels, whatever their type.
   *
   * @param index which, the first being 0
   * @return the number, which may be negative if the type is signed
   */
  public int label(int index) {
    ByteBuffer numbers = ByteBuffer.wrap(values);
    return switch (header.type()) {
      case IdxHeader.UNSIGNED_BYTE -> Byte.toUnsignedInt(values[index]);
      case 0x0B -> numbers.getShort(Short.BYTES * index);
      case 0x0C -> numbers.getInt(Integer.BYTES * index);
      default -> values[index];
    };
  }

  /**
   * Reads a file of the given number of dimensions: 1 for labels, 3 for images.
   *
   * @param file plain or packed by gzip
   * @param rank how many dimensions the array has
   * @return the array
   * @throws UserException if it is missing, is not such a file, or its length does not fit its
   *     sizes
   */
  public static Idx read(Path file, int rank) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return isGzip(channel) ? unpack(channel, file, rank) : map(channel, file, rank);
    } catch (IOException failure) {
      throw reading(file, failure);
    }
  }

  /**
   * {@return the sizes of a file's array, without reading its values}
   *
   * @param file plain or packed by gzip
   * @param rank how many dimensions the array has
   * @throws UserException if it is missing or not such a file
   */
  public static Shape readDims(Path file, int rank) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      InputStream plain = Channels.newInputStream(channel);
      InputStream in = isGzip(channel) ? new GZIPInputStream(plain) : plain;
      return IdxHeader.read(in, file, rank).dims();
    } catch (IOException failure) {
      throw reading(file, failure);
    }
  }

  private static UserException reading(Path file, IOException failure) {
    return switch (failure) {
      case ZipException damaged ->
          new UserException(
              "%s: its gzip data are damaged (%s)".formatted(file, damaged.getMessage()), damaged);
      case EOFException end ->
          new UserException("%s: truncated: its gzip data end early".formatted(file), end);
      default -> FileErrors.reading(file, failure);
    };
  }

  private static boolean isGzip(FileChannel channel) throws IOException {
    byte[] start = Channels.newInputStream(channel).readNBytes(2);
    channel.position(0);
    return start.length == 2 && start[0] == 0x1F && start[1] == (byte) 0x8B;
  }

  private static Idx map(FileChannel channel, Path file, int rank) throws IOException {
    IdxHeader header = IdxHeader.read(Channels.newInputStream(channel), file, rank);
    long start = IdxHeader.bytes(rank);
    long there = channel.size() - start;
    requireLength(file, header, there);
    byte[] values = new byte[header.valueBytes()];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment mapped =
          channel.map(FileChannel.MapMode.READ_ONLY, start, values.length, arena);
      MemorySegment.copy(mapped, ValueLayout.JAVA_BYTE, 0, values, 0, values.length);
    }
    return new Idx(header, values);
  }

  private static Idx unpack(FileChannel channel, Path file, int rank) throws IOException {
    try (GzipInput in = GzipInput.of(channel)) {
      IdxHeader header = IdxHeader.read(in, file, rank);
      if (header.valueBytes() / MOST_DEFLATE_RATIO > channel.size()) {
        throw new EOFException();
      }
      byte[] values = new byte[header.valueBytes()];
      int count = in.readNBytes(values, 0, values.length);
      requireLength(file, header, in.atEnd() ? count : count + 1L);
      return new Idx(header, values);
    }
  }

  private static void requireLength(Path file, IdxHeader header, long there) {
    Shape dims = header.dims();
    int wanted = header.valueBytes();
    if (there < wanted) {
      throw new UserException(
          "%s: truncated: its sizes %s ask for %s bytes, but there are %s"
              .formatted(file, dims, wanted, there));
    }
    if (there > wanted) {
      throw new UserException(
          "%s: there are more bytes than the %s that its sizes %s ask for"
              .formatted(file, wanted, dims));
    }
  }

  /**
   * Writes a file of unsigned bytes, by {@link AtomicFile}; packed by gzip if its name ends with
   * {@code .gz}.
   *
   * @param file where it goes
   * @param dims all sizes, the number of examples first
   * @param values the elements as bytes, the last dimension running fastest
   * @throws IllegalArgumentException if {@code values} has another length
   * @throws UserException if the file cannot be written
   */
  public static void write(Path file, Shape dims, byte[] values) {
    if (values.length != dims.elements()) {
      throw new IllegalArgumentException(
          "IDX of sizes %s expects %s values, but got %s"
              .formatted(dims, dims.elements(), values.length));
    }
    AtomicFile.write(
        file,
        out -> {
          if (file.toString().endsWith(".gz")) {
            var packed = new GZIPOutputStream(out, BUFFER_BYTES);
            writePlain(packed, dims, values);
            packed.finish();
          } else {
            writePlain(out, dims, values);
          }
        });
  }

  /**
   * Adds the bytes of the plain file to a check sum.
   *
   * @param digest what is updated
   */
  public void digest(MessageDigest digest) {
    digest.update(bytes(header));
    digest.update(values);
  }

  private static void writePlain(OutputStream out, Shape dims, byte[] values) throws IOException {
    out.write(bytes(new IdxHeader(IdxHeader.UNSIGNED_BYTE, dims)));
    out.write(values);
  }

  private static byte[] bytes(IdxHeader header) {
    ByteBuffer bytes = ByteBuffer.allocate(IdxHeader.bytes(header.dims().rank()));
    bytes.putInt(header.type() << 8 | header.dims().rank());
    for (int size : header.dims().sizes()) {
      bytes.putInt(size);
    }
    return bytes.array();
  }
}
