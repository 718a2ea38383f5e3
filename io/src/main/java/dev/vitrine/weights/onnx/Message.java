package dev.vitrine.weights.onnx;

import dev.vitrine.format.AtomicFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A protobuf message to be written: {@link Wire} the other way round. Its length is known before
 * any of it is written, and large contents stay where they are until then.
 */
final class Message {
  private static final int VARINT = 0;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final List<AtomicFile.Content> parts = new ArrayList<>();
  private long length;

  /** How many bytes the message has, its own length not among them. */
  long length() {
    return length;
  }

  /** A whole number or, for an enumeration, its number. */
  Message number(int field, long value) {
    varint(tag(field, VARINT));
    return varint(value);
  }

  Message single(int field, float value) {
    varint(tag(field, FIXED32));
    byte[] bytes =
        ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array();
    return add(bytes.length, out -> out.write(bytes));
  }

  Message text(int field, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return bytes(field, utf8.length, out -> out.write(utf8));
  }

  /** A message within this one, which must be finished. */
  Message message(int field, Message inner) {
    return bytes(field, inner.length, inner::writeTo);
  }

  /** Bytes that {@code content} writes, exactly {@code count} of them. */
  Message bytes(int field, long count, AtomicFile.Content content) {
    varint(tag(field, BYTES));
    varint(count);
    return add(count, content);
  }

  void writeTo(OutputStream out) throws IOException {
    for (AtomicFile.Content part : parts) {
      part.writeTo(out);
    }
  }

  private static long tag(int field, int kind) {
    return ((long) field << 3) | kind;
  }

  private Message varint(long value) {
    var bytes = new ByteArrayOutputStream();
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
    return add(bytes.size(), bytes::writeTo);
  }

  private Message add(long count, AtomicFile.Content part) {
    parts.add(part);
    length += count;
    return this;
  }
}
