package dev.vitrine.weights.matlab;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Makes MATLAB files, byte by byte. */
record MatBytes(ByteOrder order) {
  static final int I8 = 1;
  static final int U8 = 2;
  static final int I16 = 3;
  static final int U16 = 4;
  static final int I32 = 5;
  static final int U32 = 6;
  static final int F32 = 7;
  static final int F64 = 9;
  static final int I64 = 12;
  static final int MATRIX = 14;
  static final int COMPRESSED = 15;

  byte[] file(byte[]... variables) {
    ByteBuffer header = ByteBuffer.allocate(128).order(order);
    header.put("MATLAB 5.0 MAT-file, made by a test".getBytes(StandardCharsets.US_ASCII));
    header.putShort(124, (short) 0x0100).putShort(126, (short) 0x4d49);
    return joined(header.array(), joined(variables));
  }

  static byte[] joined(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  byte[] element(int type, byte[] data) {
    ByteBuffer bytes = ByteBuffer.allocate(8 + Math.ceilDiv(data.length, 8) * 8).order(order);
    return bytes.putInt(type).putInt(data.length).put(data).array();
  }

  byte[] small(int type, byte[] data) {
    ByteBuffer bytes = ByteBuffer.allocate(8).order(order);
    return bytes.putInt(data.length << 16 | type).put(data).array();
  }

  byte[] compressed(byte[] variable) {
    byte[] data = deflated(variable);
    return joined(
        ByteBuffer.allocate(8).order(order).putInt(COMPRESSED).putInt(data.length).array(), data);
  }

  static byte[] deflated(byte[] data) {
    var out = new ByteArrayOutputStream();
    try (var packer = new DeflaterOutputStream(out, new Deflater(9))) {
      packer.write(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  byte[] matrix(String name, int flags, int[] dims, byte[]... parts) {
    return element(
        MATRIX,
        joined(element(U32, ints(flags, 0)), element(I32, ints(dims)), name(name), joined(parts)));
  }

  /** In the tag if it is short, as MATLAB does. */
  byte[] name(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    boolean isSmall = bytes.length > 0 && bytes.length <= 4;
    return isSmall ? small(I8, bytes) : element(I8, bytes);
  }

  byte[] ints(int... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(order);
    for (int number : numbers) {
      bytes.putInt(number);
    }
    return bytes.array();
  }

  byte[] shorts(int... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * numbers.length).order(order);
    for (int number : numbers) {
      bytes.putShort((short) number);
    }
    return bytes.array();
  }

  byte[] doubles(double... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * numbers.length).order(order);
    for (double number : numbers) {
      bytes.putDouble(number);
    }
    return bytes.array();
  }

  byte[] floats(float... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(order);
    for (float number : numbers) {
      bytes.putFloat(number);
    }
    return bytes.array();
  }

  /** A matrix of MATLAB 4. */
  byte[] old(int type, int rows, int columns, int imaginary, String name, byte[] data) {
    byte[] bytes = (name + "\0").getBytes(StandardCharsets.US_ASCII);
    return joined(ints(type, rows, columns, imaginary, bytes.length), bytes, data);
  }
}
