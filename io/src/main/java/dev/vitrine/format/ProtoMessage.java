package dev.vitrine.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A protobuf message to be written, field by field. Its length is known before any of it is
 * written, and large contents stay where they are until then. Source: protobuf.dev, Encoding.
 */
public final class ProtoMessage {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final List<AtomicFile.Content> parts = new ArrayList<>();
  private long length;

  /** A message without fields. */
  public ProtoMessage() {}

  /** {@return how many bytes the message has, its own length not among them} */
  public long length() {
    return length;
  }

  /**
   * Adds a whole number or, for an enumeration, its number.
   *
   * @param field the field's number
   * @param value what it holds
   * @return this
   */
  public ProtoMessage number(int field, long value) {
    varint(tag(field, VARINT));
    return varint(value);
  }

  /**
   * Adds a number in single precision.
   *
   * @param field the field's number
   * @param value what it holds
   * @return this
   */
  public ProtoMessage single(int field, float value) {
    varint(tag(field, FIXED32));
    byte[] bytes =
        ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array();
    return add(bytes.length, out -> out.write(bytes));
  }

  /**
   * Adds a number in double precision.
   *
   * @param field the field's number
   * @param value what it holds
   * @return this
   */
  public ProtoMessage real(int field, double value) {
    varint(tag(field, FIXED64));
    byte[] bytes = doubles(value);
    return add(bytes.length, out -> out.write(bytes));
  }

  /**
   * Adds numbers in double precision, packed.
   *
   * @param field the field's number
   * @param values what it holds
   * @return this
   */
  public ProtoMessage reals(int field, double... values) {
    byte[] bytes = doubles(values);
    return bytes(field, bytes.length, out -> out.write(bytes));
  }

  private static byte[] doubles(double... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(values);
    return bytes.array();
  }

  /**
   * Adds a text.
   *
   * @param field the field's number
   * @param text what it holds
   * @return this
   */
  public ProtoMessage text(int field, String text) {
    Objects.requireNonNull(text, "text");
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return bytes(field, utf8.length, out -> out.write(utf8));
  }

  /**
   * Adds a message within this one.
   *
   * @param field the field's number
   * @param inner what it holds, finished
   * @return this
   */
  public ProtoMessage message(int field, ProtoMessage inner) {
    Objects.requireNonNull(inner, "inner");
    return bytes(field, inner.length, inner::writeTo);
  }

  /**
   * Adds all fields of another message.
   *
   * @param other finished
   * @return this
   */
  public ProtoMessage all(ProtoMessage other) {
    Objects.requireNonNull(other, "other");
    return add(other.length, other::writeTo);
  }

  /**
   * Adds bytes.
   *
   * @param field the field's number
   * @param count how many
   * @param content writes exactly so many
   * @return this
   */
  public ProtoMessage bytes(int field, long count, AtomicFile.Content content) {
    Objects.requireNonNull(content, "content");
    varint(tag(field, BYTES));
    varint(count);
    return add(count, content);
  }

  /**
   * Writes the message.
   *
   * @param out where it goes
   * @throws IOException if it cannot be written there
   */
  public void writeTo(OutputStream out) throws IOException {
    Objects.requireNonNull(out, "out");
    for (AtomicFile.Content part : parts) {
      part.writeTo(out);
    }
  }

  private static long tag(int field, int kind) {
    return ((long) field << 3) | kind;
  }

  private ProtoMessage varint(long value) {
    var bytes = new ByteArrayOutputStream();
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
    return add(bytes.size(), bytes::writeTo);
  }

  private ProtoMessage add(long count, AtomicFile.Content part) {
    parts.add(part);
    length += count;
    return this;
  }
}
