package dev.vitrine.weights.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes protobuf messages, for tests. */
final class Proto {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  Proto number(int field, long value) {
    varint((long) field << 3);
    varint(value);
    return this;
  }

  Proto bytes(int field, byte[] bytes) {
    varint(((long) field << 3) | 2);
    varint(bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  Proto text(int field, String text) {
    return bytes(field, text.getBytes(StandardCharsets.UTF_8));
  }

  Proto message(int field, Proto message) {
    return bytes(field, message.toBytes());
  }

  Proto raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  byte[] toBytes() {
    return out.toByteArray();
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  static byte[] singles(float... numbers) {
    ByteBuffer buffer =
        ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float number : numbers) {
      buffer.putFloat(number);
    }
    return buffer.array();
  }

  /** A tensor without its numbers. */
  static Proto tensor(String name, int type, long... dims) {
    Proto tensor = new Proto();
    for (long dim : dims) {
      tensor.number(1, dim);
    }
    return tensor.number(2, type).text(8, name);
  }

  /** A model of tensors alone. */
  static Proto model(Proto... initialisers) {
    Proto graph = new Proto().text(2, "g");
    for (Proto each : initialisers) {
      graph.message(5, each);
    }
    return new Proto()
        .number(1, 8)
        .message(7, graph)
        .message(8, new Proto().text(1, "").number(2, 13));
  }
}
