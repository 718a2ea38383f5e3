package dev.vitrine.web.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends requests as they stand, also such as no client library would. */
final class Asking {
  private final int port;

  Asking(int port) {
    this.port = port;
  }

  /** The whole answer to a request of these lines, with its Host unless one is given. */
  String get(String path, String... headers) {
    return ask("GET", path, "", headers);
  }

  String post(String path, String body, String... headers) {
    return ask("POST", path, body, headers);
  }

  private String ask(String method, String path, String body, String... headers) {
    StringBuilder text = new StringBuilder("%s %s HTTP/1.1\r\n".formatted(method, path));
    boolean host = false;
    for (String header : headers) {
      text.append(header).append("\r\n");
      host |= header.startsWith("Host:");
    }
    if (!host) {
      text.append("Host: 127.0.0.1:").append(port).append("\r\n");
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    text.append("Content-Length: ").append(bytes.length).append("\r\nConnection: close\r\n\r\n");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The status of an answer. */
  static int status(String answer) {
    return Integer.parseInt(answer.substring(9, 12));
  }
}
