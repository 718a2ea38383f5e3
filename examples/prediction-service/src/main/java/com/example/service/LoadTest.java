package com.example.service;

import dev.vitrine.predict.Predictor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Clients that ask the service as fast as it answers, each for one picture at a time. */
public final class LoadTest {
  private static final int CLIENTS = 32;
  private static final int PICTURES = 64;

  private final List<byte[]> pictures = new ArrayList<>();
  private final List<String> answers = new ArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();

  private LoadTest(Predictor predictor) {
    Random random = new Random(1);
    for (int i = 0; i < PICTURES; i++) {
      byte[] picture = new byte[predictor.input().elements()];
      random.nextBytes(picture);
      pictures.add(picture);
      answers.add(Service.text(predictor.predict(Service.input(picture))));
    }
  }

  /**
   * Compares requests that are computed one by one with batches of those that wait.
   *
   * @param args as of {@link Serve}, without a port
   */
  public static void main(String... args)
      throws IOException, ExecutionException, InterruptedException {
    try (Predictor predictor = Predictor.of(Serve.model(args));
        Batcher batcher = new Batcher(predictor, Serve.MOST, Serve.ROOM)) {
      LoadTest test = new LoadTest(predictor);
      System.out.println("| " + CLIENTS + " clients | requests/s | p50 ms | p95 ms | p99 ms |");
      System.out.println("|---|---:|---:|---:|---:|");
      test.measure("singly", predictor, predictor::predict);
      test.measure("micro-batched", predictor, input -> batcher.submit(input).get());
    }
  }

  private void measure(String name, Predictor predictor, Service.Asked asked)
      throws IOException, ExecutionException, InterruptedException {
    try (Service service = new Service(predictor, asked, 0)) {
      URI uri = URI.create("http:/" + service.address() + "/predict");
      load(uri, 3); // what it runs is compiled by then
      double seconds = 3;
      long[] nanos = load(uri, seconds);
      System.out.printf(
          Locale.ROOT,
          "| %s | %,.0f | %.2f | %.2f | %.2f |%n",
          name,
          nanos.length / seconds,
          percentile(nanos, 0.5),
          percentile(nanos, 0.95),
          percentile(nanos, 0.99));
    }
  }

  private static double percentile(long[] sorted, double share) {
    return sorted[(int) Math.ceil(share * sorted.length) - 1] * 1e-6;
  }

  /** The nanoseconds of each request, sorted. */
  private long[] load(URI uri, double seconds) throws ExecutionException, InterruptedException {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    List<Future<List<Long>>> all = new ArrayList<>();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int c = 0; c < CLIENTS; c++) {
        int first = c;
        all.add(clients.submit(() -> ask(uri, first, end)));
      }
    }
    List<Long> nanos = new ArrayList<>();
    for (Future<List<Long>> one : all) {
      nanos.addAll(one.get());
    }
    long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    return sorted;
  }

  private List<Long> ask(URI uri, int first, long end) throws IOException, InterruptedException {
    List<Long> nanos = new ArrayList<>();
    for (int i = first; System.nanoTime() < end; i++) {
      int picture = i % PICTURES;
      HttpRequest request =
          HttpRequest.newBuilder(uri).POST(BodyPublishers.ofByteArray(pictures.get(picture))).build();
      long start = System.nanoTime();
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      nanos.add(System.nanoTime() - start);
      if (!response.body().equals(answers.get(picture))) {
        throw new IllegalStateException(
            "Expected %s, but got %s: %s"
                .formatted(answers.get(picture), response.statusCode(), response.body()));
      }
    }
    return nanos;
  }
}
