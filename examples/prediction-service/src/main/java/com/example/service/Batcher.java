package com.example.service;

import dev.vitrine.predict.Predictor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/**
 * Asks a predictor for many at once: what has come in while the last call computed goes into the
 * next. Nobody waits for company: a request that finds nothing before it is computed by itself.
 */
final class Batcher implements AutoCloseable {
  private record Request(float[] input, CompletableFuture<float[]> answer) {}

  /** Put last, by {@link #close}. */
  private static final Request END = new Request(new float[0], new CompletableFuture<>());

  private final Predictor predictor;
  private final int most;
  private final BlockingQueue<Request> waiting;
  private final Thread worker;
  private boolean closed;

  /**
   * A batcher, which begins at once.
   *
   * @param predictor who answers; it stays the caller's
   * @param most how many go into one call
   * @param room how many may wait
   */
  Batcher(Predictor predictor, int most, int room) {
    this.predictor = predictor;
    this.most = most;
    waiting = new ArrayBlockingQueue<>(room);
    worker = Thread.ofPlatform().name("batcher").start(this::work);
  }

  /**
   * Takes a request.
   *
   * @return its answer, once it is there
   * @throws RejectedExecutionException if too many wait, or this was closed
   */
  synchronized Future<float[]> submit(float[] input) {
    Request request = new Request(input, new CompletableFuture<>());
    if (closed) {
      throw new RejectedExecutionException("The service is going down");
    }
    if (!waiting.offer(request)) {
      throw new RejectedExecutionException("Too many requests wait; try again later");
    }
    return request.answer();
  }

  private void work() {
    List<Request> batch = new ArrayList<>();
    boolean more = true;
    while (more) {
      try {
        batch.add(waiting.take());
      } catch (InterruptedException e) {
        throw new IllegalStateException("Nobody else knows this thread", e);
      }
      waiting.drainTo(batch, most - 1);
      more = !batch.remove(END);
      answer(batch);
      batch.clear();
    }
  }

  private void answer(List<Request> batch) {
    try {
      float[][] answers =
          predictor.predict(batch.stream().map(Request::input).toArray(float[][]::new));
      for (int i = 0; i < answers.length; i++) {
        batch.get(i).answer().complete(answers[i]);
      }
    } catch (RuntimeException e) {
      batch.forEach(request -> request.answer().completeExceptionally(e));
    }
  }

  /** Takes no more, answers those that wait, and returns. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    try {
      waiting.put(END); // the last: submit takes none after closed
      worker.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
