package dev.vitrine.data;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The body of an HTTP response, chunk by chunk, with a limit on the wait for each: the client's own
 * time-out ends with the headers, and its input stream waits for ever on a server that stalls.
 */
final class BodyReader implements Flow.Subscriber<List<ByteBuffer>>, AutoCloseable {
  private sealed interface Event {}

  private record Chunk(List<ByteBuffer> buffers) implements Event {}

  private record Failure(Throwable cause) implements Event {}

  private record End() implements Event {}

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final Duration limit;
  private Flow.Subscription subscription;

  private BodyReader(Duration limit) {
    this.limit = limit;
  }

  static BodyReader of(Flow.Publisher<List<ByteBuffer>> body, Duration limit) {
    var reader = new BodyReader(limit);
    body.subscribe(reader);
    return reader;
  }

  /** The next chunk, or an empty list at the end of the body. */
  List<ByteBuffer> next() throws IOException {
    return switch (await()) {
      case Chunk(var buffers) -> {
        subscription.request(1);
        yield buffers;
      }
      case Failure(var cause) -> throw new IOException(cause.getMessage(), cause);
      case End() -> List.of();
    };
  }

  private Event await() throws IOException {
    try {
      Event event = events.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (event == null) {
        throw new HttpTimeoutException("nothing came for %s ms".formatted(limit.toMillis()));
      }
      return event;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  /** Ends the connection unless the body came to its end. */
  @Override
  public void close() {
    subscription.cancel();
  }

  @Override
  public void onSubscribe(Flow.Subscription first) {
    subscription = first;
    first.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    events.add(new Chunk(buffers));
  }

  @Override
  public void onError(Throwable cause) {
    events.add(new Failure(cause));
  }

  @Override
  public void onComplete() {
    events.add(new End());
  }
}
