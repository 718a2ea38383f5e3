package com.example.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vitrine.predict.Predictor;
import dev.vitrine.predict.Probabilities;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * {@code POST /predict} with a picture's samples, one byte each, row-major, answers {@code
 * {"class": 3, "probability": 0.98}}. Each request has a virtual thread.
 */
final class Service implements AutoCloseable {
  /** How requests reach the predictor. */
  interface Asked {
    /** The network's output for one input. */
    float[] ask(float[] input) throws ExecutionException, InterruptedException;
  }

  private record Reply(int code, String body) {}

  static {
    // Otherwise head and body go out apart, and the second waits for the first's receipt: 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final int elements;
  private final Asked asked;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * A service on this machine alone, which begins at once.
   *
   * @param predictor what it is about
   * @param asked how it is asked
   * @param port where; 0 for any that is free
   */
  Service(Predictor predictor, Asked asked, int port) throws IOException {
    elements = predictor.input().elements();
    this.asked = asked;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/predict", this::handle);
    server.start();
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Reply reply = reply(exchange);
      byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      if (reply.code() == 503) {
        exchange.getResponseHeaders().set("Retry-After", "1");
      }
      exchange.sendResponseHeaders(reply.code(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Reply reply(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      return error(405, "POST a picture's samples");
    }
    byte[] samples;
    try (InputStream in = exchange.getRequestBody()) {
      samples = in.readNBytes(elements + 1);
    }
    if (samples.length != elements) {
      return error(400, "A picture is %s bytes, one a sample".formatted(elements));
    }
    try {
      return answer(asked.ask(input(samples)));
    } catch (RejectedExecutionException e) {
      return error(503, e.getMessage());
    } catch (ExecutionException e) {
      return error(500, "The network failed: " + e.getCause().getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return error(503, "The service is going down");
    }
  }

  static float[] input(byte[] samples) {
    float[] input = new float[samples.length];
    for (int i = 0; i < input.length; i++) {
      input[i] = (samples[i] & 0xff) / 255f;
    }
    return input;
  }

  private static Reply answer(float[] output) {
    return new Reply(200, text(output));
  }

  /** What is answered for a network's output. */
  static String text(float[] output) {
    var best = Probabilities.ranked(Probabilities.softmax(output)).getFirst();
    return String.format(
        Locale.ROOT, "{\"class\": %d, \"probability\": %.6f}", best.index(), best.probability());
  }

  private static Reply error(int code, String why) {
    return new Reply(code, "{\"error\": \"%s\"}".formatted(why));
  }

  /** Takes no more requests, and gives those that are under way five seconds. */
  @Override
  public void close() {
    server.stop(5);
    threads.close();
  }
}
