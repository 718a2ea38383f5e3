package dev.vitrine.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The launcher runs this once, to learn which classes {@code vitrine serve} loads until its first
 * room is drawn and its first drawing read; those go into the class archive.
 */
final class PageRehearsal {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final int PAUSE_MILLIS = 20;
  private static final int SIDE = 28;

  /** What a browser asks until the rooms of runs, trainings and drawings stand. */
  private static final List<String> LOOKED_AT =
      List.of("/", "/app.js", "/api/trainings", "/api/runs", "/api/settings", "/api/networks");

  private PageRehearsal() {}

  /**
   * Serves a folder, asks what a browser would, and ends.
   *
   * @param args the folder of runs, and one of its runs
   */
  public static void main(String... args) throws IOException, InterruptedException {
    Path address = Path.of(args[0], "port.json");
    String folder = args[0];
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> Main.main("serve", "--port", "0", "--in", folder, "--json", address.toString()));
    int port = port(address);
    for (String path : LOOKED_AT) {
      ask(port, "GET", path, new byte[0]);
    }
    byte[] drawing = new byte[SIDE * SIDE];
    for (int y = SIDE / 4; y < SIDE * 3 / 4; y++) {
      drawing[y * SIDE + SIDE / 2] = (byte) 0xFF;
    }
    String draw = "/api/draw?run=%s&width=%s&height=%s".formatted(args[1], SIDE, SIDE);
    ask(port, "POST", draw, drawing);
    System.exit(0);
  }

  /** The port, once it listens. */
  private static int port(Path address) throws IOException, InterruptedException {
    for (int waited = 0; waited < PATIENCE_MILLIS; waited += PAUSE_MILLIS) {
      if (Files.exists(address)) {
        String digits = Files.readString(address).replaceAll("(?s).*\"port\":\\s*(\\d+).*", "$1");
        if (digits.matches("\\d+")) {
          return Integer.parseInt(digits);
        }
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
    throw new IOException("The page did not listen within " + PATIENCE_MILLIS + " ms");
  }

  /** Asks over a bare socket: a client of the JDK's would bring classes that a page never needs. */
  private static void ask(int port, String method, String path, byte[] body) throws IOException {
    String head =
        "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nContent-Type: application/octet-stream\r\nContent-Length: %s\r\nConnection: close\r\n\r\n"
            .formatted(method, path, port, body.length);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      OutputStream out = socket.getOutputStream();
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.write(body);
      out.flush();
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      if (!answer.startsWith("HTTP/1.1 200")) {
        throw new IOException(path + " was answered " + answer.lines().findFirst().orElse(""));
      }
    }
  }
}
