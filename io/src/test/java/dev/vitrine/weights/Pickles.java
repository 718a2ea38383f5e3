package dev.vitrine.weights;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Assembles pickles and other little-endian bytes by hand. */
public final class Pickles {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Nothing yet. */
  public static Pickles of() {
    return new Pickles();
  }

  /** Opcodes or other bytes, as Latin-1. */
  public Pickles raw(String latin) {
    return bytes(latin.getBytes(StandardCharsets.ISO_8859_1));
  }

  public Pickles bytes(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  public Pickles u4(long number) {
    return bytes(little(4).putInt((int) number).array());
  }

  public Pickles i8(long number) {
    return bytes(little(8).putLong(number).array());
  }

  public Pickles floats(float... numbers) {
    for (float number : numbers) {
      u4(Float.floatToRawIntBits(number));
    }
    return this;
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  public Pickles text(String text) {
    byte[] utf = text.getBytes(StandardCharsets.UTF_8);
    return raw("X").u4(utf.length).bytes(utf);
  }

  public Pickles whole(long number) {
    return raw("J").u4(number);
  }

  public Pickles global(String module, String name) {
    return raw("c" + module + "\n" + name + "\n");
  }

  /** A tuple of whole numbers. */
  public Pickles sizes(long... sizes) {
    raw("(");
    for (long size : sizes) {
      whole(size);
    }
    return raw("t");
  }

  /** A persistent id of PyTorch's. */
  public Pickles storage(String type, String key, long count) {
    return raw("(")
        .text("storage")
        .global("torch", type)
        .text(key)
        .text("cpu")
        .whole(count)
        .raw("tQ");
  }

  /** A tensor over a storage. */
  public Pickles tensor(
      String type, String key, long count, long offset, long[] sizes, long[] strides) {
    return global("torch._utils", "_rebuild_tensor_v2")
        .raw("(")
        .storage(type, key, count)
        .whole(offset)
        .sizes(sizes)
        .sizes(strides)
        .raw("\u0089")
        .global("collections", "OrderedDict")
        .raw(")RtR");
  }

  public byte[] array() {
    return out.toByteArray();
  }

  /** Writes it to a file. */
  public Path to(Path file) {
    try {
      return Files.write(file, array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
