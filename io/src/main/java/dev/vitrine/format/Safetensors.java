package dev.vitrine.format;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * A safetensors file (Hugging Face's format: eight bytes of header length, a JSON header, then the
 * elements, all little-endian), mapped into memory until it is closed. Opening checks the whole
 * header; elements are converted when asked for. Any thread may read.
 */
public final class Safetensors implements AutoCloseable {
  /** The limit that the format's reference implementation sets. */
  private static final long MOST_HEADER_BYTES = 100_000_000;

  private static final int LENGTH_BYTES = 8;

  /** Elements that are converted at a time. */
  private static final int CONVERTED = 1 << 21;

  /** Bytes that are worth a call of the system to forget. */
  private static final int FORGOTTEN = 1 << 20;

  /** What stands for bytes that are no character. */
  private static final char REPLACEMENT = '\ufffd';

  private final Path file;
  private final Arena arena;
  private final MemorySegment data;
  private final SafetensorsHeader header;

  private Safetensors(Path file, Arena arena, MemorySegment data, SafetensorsHeader header) {
    this.file = file;
    this.arena = arena;
    this.data = data;
    this.header = header;
  }

  /**
   * Maps a file and checks its header.
   *
   * @param file a safetensors file
   * @return the file, its header read and its elements mapped
   * @throws UserException if it cannot be read or is not a whole, valid safetensors file
   */
  public static Safetensors open(Path file) {
    Arena arena = Arena.ofShared();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      MemorySegment whole = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      Safetensors mapped = of(file, arena, whole);
      mapped.header.allKnown(file.toString());
      return mapped;
    } catch (IOException failure) {
      arena.close();
      throw FileErrors.reading(file, failure);
    } catch (RuntimeException failure) {
      arena.close();
      throw failure;
    }
  }

  private static Safetensors of(Path file, Arena arena, MemorySegment whole) {
    long headerBytes = headerBytes(whole, file);
    MemorySegment data = whole.asSlice(LENGTH_BYTES + headerBytes);
    byte[] bytes = whole.asSlice(LENGTH_BYTES, headerBytes).toArray(ValueLayout.JAVA_BYTE);
    String text = new String(bytes, StandardCharsets.UTF_8);
    boolean isDoubtful = text.indexOf(REPLACEMENT) >= 0;
    if (isDoubtful && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
      throw new UserException("%s: the header is no text in UTF-8: damaged".formatted(file));
    }
    var header = SafetensorsHeader.parse(text, file.toString(), data.byteSize());
    return new Safetensors(file, arena, data, header);
  }

  /**
   * {@return whether bytes begin like a file of this format: the length of a header that there is
   * room for, and a brace}
   *
   * @param bytes a file's
   */
  public static boolean begins(MemorySegment bytes) {
    if (bytes.byteSize() <= LENGTH_BYTES || bytes.get(ValueLayout.JAVA_BYTE, LENGTH_BYTES) != '{') {
      return false;
    }
    long length = bytes.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 0);
    return length >= 2 && length <= bytes.byteSize() - LENGTH_BYTES;
  }

  /**
   * {@return a file that somebody else has mapped into memory; closing it does nothing. It may have
   * tensors of unknown dtypes}
   *
   * @param file its name
   * @param bytes all of it
   * @throws UserException as {@link #open}
   */
  public static Safetensors of(Path file, MemorySegment bytes) {
    return of(file, Arena.global(), bytes);
  }

  /**
   * {@return the bytes of a tensor's elements}
   *
   * @param name the tensor's name
   * @throws UserException if there is no such tensor
   */
  public MemorySegment bytes(String name) {
    TensorInfo info = info(name);
    return data.asSlice(info.begin(), info.end() - info.begin());
  }

  private static long headerBytes(MemorySegment whole, Path file) {
    if (whole.byteSize() < LENGTH_BYTES) {
      throw new UserException(
          "%s: truncated: a safetensors file begins with 8 bytes, but there are only %s"
              .formatted(file, whole.byteSize()));
    }
    long length = whole.get(TensorElements.LONG, 0);
    if (length < 0 || length > Math.min(whole.byteSize() - LENGTH_BYTES, MOST_HEADER_BYTES)) {
      throw new UserException(
          "%s: truncated or not a safetensors file: its header would have %s bytes of its %s"
              .formatted(file, Long.toUnsignedString(length), whole.byteSize()));
    }
    return length;
  }

  /** {@return the tensors by name, in the order in which they lie in the file} */
  public SequencedMap<String, TensorInfo> tensors() {
    return Collections.unmodifiableSequencedMap(header.tensors());
  }

  /** {@return the dtypes that are not known, by the names of their tensors} */
  public SequencedMap<String, String> unknown() {
    return Collections.unmodifiableSequencedMap(header.unknown());
  }

  /** {@return the texts that go with the tensors, by key} */
  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(header.metadata());
  }

  /**
   * {@return the elements of a tensor of floating-point numbers; doubles are rounded}
   *
   * @param name the tensor's name
   * @throws UserException if there is no such tensor, or it holds integers
   */
  public float[] floats(String name) {
    float[] values = new float[length(name)];
    floats(name, values, 0);
    return values;
  }

  /**
   * {@link #floats(String)} into a part of an array.
   *
   * @param name the tensor's name
   * @param into where the elements go
   * @param offset where in {@code into} they begin
   * @throws IndexOutOfBoundsException if the array is too short
   */
  public void floats(String name, float[] into, int offset) {
    int length = length(name);
    Objects.checkFromIndexSize(offset, length, into.length);
    MemorySegment bytes = bytes(name);
    DType dtype = info(name).dtype();
    for (int done = 0; done < length || done == 0; done += CONVERTED) {
      int count = Math.min(CONVERTED, length - done);
      MemorySegment part = bytes.asSlice((long) done * dtype.bytes(), (long) count * dtype.bytes());
      if (!new TensorElements(part, dtype).floats(into, offset + done, count)) {
        throw wrongType(name, "floating-point");
      }
      forget(part);
    }
  }

  /** Large parts of a mapped file are read once: else its pages stay beside the numbers. */
  private static void forget(MemorySegment part) {
    if (part.isMapped() && part.byteSize() >= FORGOTTEN) {
      part.unload();
    }
  }

  /**
   * {@return the elements of a tensor of integers or booleans (0 and 1); those of {@link DType#U64}
   * as their 64 bits}
   *
   * @param name the tensor's name
   * @throws UserException if there is no such tensor, or it holds floating-point numbers
   */
  public long[] longs(String name) {
    long[] values = new long[length(name)];
    if (!elements(name).longs(values)) {
      throw wrongType(name, "whole");
    }
    return values;
  }

  /**
   * {@return what the file says of a tensor; {@link UserException} if it has none of the name}
   *
   * @param name the tensor's name
   */
  public TensorInfo info(String name) {
    TensorInfo info = header.tensors().get(name);
    if (info == null) {
      throw new UserException(
          "%s: expected a tensor %s, but it has only %s"
              .formatted(file, Quote.of(name), JsonObject.shown(header.tensors().keySet())));
    }
    return info;
  }

  private int length(String name) {
    TensorInfo info = info(name);
    return info.elements() == 0 ? 0 : info.shape().elements();
  }

  private TensorElements elements(String name) {
    return new TensorElements(bytes(name), info(name).dtype());
  }

  private UserException wrongType(String name, String expected) {
    return new UserException(
        "%s: tensor %s expects %s numbers, but holds %s"
            .formatted(file, Quote.of(name), expected, info(name).dtype()));
  }

  /** Unmaps the file. */
  @Override
  public void close() {
    if (arena.scope() != Arena.global().scope()) {
      arena.close();
    }
  }

  /**
   * Writes a file, by {@link AtomicFile}. The same tensors and texts, in whatever order they come,
   * give the same bytes.
   *
   * @param file where it goes
   * @param tensors names, types, shapes and elements
   * @param metadata texts that go with them, by key
   * @throws IllegalArgumentException if two tensors have the same name
   * @throws UserException if the file cannot be written
   */
  public static void write(
      Path file, Collection<TensorData> tensors, Map<String, String> metadata) {
    List<TensorData> ordered = SafetensorsHeader.ordered(tensors);
    byte[] header = SafetensorsHeader.bytes(ordered, metadata);
    byte[] length =
        ByteBuffer.allocate(LENGTH_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .array();
    AtomicFile.write(
        file,
        out -> {
          out.write(length);
          out.write(header);
          for (TensorData tensor : ordered) {
            tensor.writeTo(out);
          }
        });
  }
}
