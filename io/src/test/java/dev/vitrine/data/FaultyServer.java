package dev.vitrine.data;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on this machine with mirrors that are each wrong in their own way. */
final class FaultyServer implements AutoCloseable {
  /** What a mirror does with a request. */
  interface Mirror {
    /** Answers the request; {@code start} is where its range begins, 0 without one. */
    void answer(HttpExchange exchange, int start) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final List<String> requests = new CopyOnWriteArrayList<>();

  FaultyServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  /** Adds a mirror under a path of its own. */
  URI mirror(String name, Mirror mirror) {
    server.createContext(
        "/" + name + "/",
        exchange -> {
          String range = exchange.getRequestHeaders().getFirst("Range");
          requests.add(range == null ? name : name + " " + range);
          try (exchange) {
            mirror.answer(exchange, range == null ? 0 : start(range));
          }
        });
    return base().resolve("/" + name + "/");
  }

  URI base() {
    return URI.create("http://127.0.0.1:%s/".formatted(server.getAddress().getPort()));
  }

  private static int start(String range) {
    return Integer.parseInt(range.replaceAll("\\D", ""));
  }

  /** The mirrors that were asked, in order, with their ranges. */
  List<String> requests() {
    return requests;
  }

  /** A good mirror, with ranges. */
  static Mirror good(byte[] content) {
    return (exchange, start) -> send(exchange, start, content, content.length);
  }

  /** A mirror that announces everything and breaks off at the given byte of the file. */
  static Mirror truncating(byte[] content, int end) {
    return (exchange, start) -> send(exchange, start, content, end);
  }

  /** A mirror without ranges: it always sends everything, or breaks off at the given byte. */
  static Mirror rangeless(byte[] content, int end) {
    return (exchange, start) -> send(exchange, 0, content, end);
  }

  /** A mirror that answers with a status only. */
  static Mirror status(int status) {
    return (exchange, start) -> exchange.sendResponseHeaders(status, -1);
  }

  /** A mirror that sends so much and then no more, with the connection left open. */
  Mirror stalling(byte[] content, int end) {
    return (exchange, start) -> {
      if (end > 0) {
        sendPart(exchange, start, content, end);
      }
      awaitClosing();
    };
  }

  private void awaitClosing() throws IOException {
    try {
      closing.await();
    } catch (InterruptedException stop) {
      throw new IOException(stop);
    }
  }

  private static void send(HttpExchange exchange, int start, byte[] content, int end)
      throws IOException {
    sendPart(exchange, start, content, Math.max(start, end)).close();
  }

  private static OutputStream sendPart(HttpExchange exchange, int start, byte[] content, int end)
      throws IOException {
    if (start > 0) {
      String range = "bytes %s-%s/%s".formatted(start, content.length - 1, content.length);
      exchange.getResponseHeaders().add("Content-Range", range);
    }
    exchange.sendResponseHeaders(start > 0 ? 206 : 200, content.length - start);
    OutputStream out = exchange.getResponseBody();
    out.write(Arrays.copyOfRange(content, start, end));
    out.flush();
    return out;
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.close();
  }
}
