package dev.vitrine.web.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends requests as they stand, also such as no client library would. */
final class Asking {
  private final String host;
  private final int port;

  Asking(int port) {
    this("127.0.0.1", port);
  }

  Asking(String host, int port) {
    this.host = host;
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
    boolean named = false;
    for (String header : headers) {
      text.append(header).append("\r\n");
      named |= header.startsWith("Host:");
    }
    if (!named) {
      text.append("Host: ").append(host).append(':').append(port).append("\r\n");
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    text.append("Content-Length: ").append(bytes.length).append("\r\nConnection: close\r\n\r\n");
    try (Socket socket = new Socket(host, port)) {
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
