package dev.vitrine.cluster;

import dev.vitrine.error.UserException;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Where the members of one job find their driver: a port of the moment, and a token that only they
 * were told.
 */
final class Rendezvous implements Closeable {
  private static final int HELLO_MILLIS = 10_000;
  private static final int LOOK_MILLIS = 200;

  private final ServerSocket server;
  private final String token;

  /** A member that has come. */
  record Arrival(int number, int threads, String scalarReason, String host, Wire wire) {}

  Rendezvous(InetAddress address) throws IOException {
    server = new ServerSocket(0, 50, address);
    server.setSoTimeout(LOOK_MILLIS);
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    token = HexFormat.of().formatHex(random);
  }

  String host() {
    return server.getInetAddress().getHostAddress();
  }

  int port() {
    return server.getLocalPort();
  }

  String token() {
    return token;
  }

  /** The next member, if one comes in a moment; whoever else connects is sent away. */
  Arrival next() throws IOException {
    Socket socket;
    try {
      socket = server.accept();
    } catch (SocketTimeoutException e) {
      return null;
    }
    Wire wire = new Wire(socket);
    try {
      wire.patience(HELLO_MILLIS);
      DataInputStream in = wire.in();
      if (in.readInt() != Message.VERSION || !isToken(in.readUTF())) {
        wire.close();
        return null;
      }
      int number = in.readInt();
      int threads = in.readInt();
      String reason = in.readUTF();
      return new Arrival(number, threads, reason, socket.getInetAddress().getHostAddress(), wire);
    } catch (IOException e) {
      wire.close();
      return null;
    }
  }

  private boolean isToken(String said) {
    return MessageDigest.isEqual(
        said.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
  }

  /** The address by which executors know the driver. */
  static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (IOException e) {
      throw new UserException(
          "The driver's host %s has no address: set spark.driver.host".formatted(host), e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
