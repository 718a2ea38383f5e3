package dev.vitrine.cluster;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/**
 * Numbers over a socket, little as they are: big-endian, floats by their bits. One thread reads;
 * writers take turns by {@code synchronized} on it.
 */
final class Wire implements Closeable {
  /** Floats at a time. */
  private static final int CHUNK = 16 * 1024;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final byte[] inBytes = new byte[CHUNK * Float.BYTES];
  private final byte[] outBytes = new byte[CHUNK * Float.BYTES];
  private final FloatBuffer inFloats = ByteBuffer.wrap(inBytes).asFloatBuffer();
  private final FloatBuffer outFloats = ByteBuffer.wrap(outBytes).asFloatBuffer();
  private long sent;
  private long received;

  Wire(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setKeepAlive(true);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), inBytes.length));
    out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), outBytes.length));
  }

  /** How long a read may wait; 0 for ever. */
  void patience(int millis) throws IOException {
    socket.setSoTimeout(millis);
  }

  DataInputStream in() {
    return in;
  }

  DataOutputStream out() {
    return out;
  }

  void write(float[] values, int from, int count) throws IOException {
    for (int at = 0; at < count; at += CHUNK) {
      int part = Math.min(CHUNK, count - at);
      outFloats.put(0, values, from + at, part);
      out.write(outBytes, 0, part * Float.BYTES);
    }
    sent += (long) count * Float.BYTES;
  }

  void read(float[] values, int from, int count) throws IOException {
    for (int at = 0; at < count; at += CHUNK) {
      int part = Math.min(CHUNK, count - at);
      in.readFully(inBytes, 0, part * Float.BYTES);
      inFloats.get(0, values, from + at, part);
    }
    received += (long) count * Float.BYTES;
  }

  /** Bytes of floats written so far. */
  long sent() {
    return sent;
  }

  /** Bytes of floats read so far. */
  long received() {
    return received;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
