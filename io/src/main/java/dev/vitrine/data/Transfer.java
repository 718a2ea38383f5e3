package dev.vitrine.data;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Brings one file from one mirror into its part file. What the mirror or the network does wrong is
 * an {@link IOException}.
 */
record Transfer(
    HttpClient client,
    Duration stallTimeout,
    RemoteFile file,
    PartFile part,
    DownloadProgress progress) {
  /** Each of them must have brought something new to be followed by another. */
  private static final int MOST_REQUESTS = 10;

  private static final int OK = 200;
  private static final int PARTIAL_CONTENT = 206;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  /** Downloads all that is missing; goes on where a connection broke as long as that helps. */
  void run(URI mirror) throws IOException {
    URI uri = mirror.resolve(file.name());
    for (int request = 1; ; request++) {
      long before = part.size();
      try {
        requestRest(uri);
        return;
      } catch (IOException failure) {
        if (part.size() <= before || request == MOST_REQUESTS) {
          throw failure;
        }
      }
    }
  }

  private void requestRest(URI uri) throws IOException {
    if (part.size() > file.size()) {
      part.restart();
    }
    long from = part.size();
    if (from == file.size()) {
      return;
    }
    var response = send(uri, from);
    boolean outOfStep;
    try (BodyReader body = BodyReader.of(response.body(), stallTimeout)) {
      int status = response.statusCode();
      outOfStep =
          from > 0
              && (status == RANGE_NOT_SATISFIABLE
                  || (status == PARTIAL_CONTENT && !startsAt(response, from)));
      if (!outOfStep) {
        requireUsable(response, from);
        if (status == OK) {
          part.restart();
        }
        receive(body);
      }
    }
    if (outOfStep) {
      part.restart();
      requestRest(uri);
    }
  }

  private HttpResponse<Flow.Publisher<List<ByteBuffer>>> send(URI uri, long from)
      throws IOException {
    var request = HttpRequest.newBuilder(uri).header("User-Agent", "vitrine");
    if (from > 0) {
      request.header("Range", "bytes=%s-".formatted(from));
    }
    // Not HttpRequest.timeout: from JDK 26 on that limits the whole body, not only the headers.
    var answer = client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofPublisher());
    return await(answer);
  }

  private <T> T await(CompletableFuture<T> answer) throws IOException {
    long limit = stallTimeout.toMillis();
    try {
      return answer.get(limit, TimeUnit.MILLISECONDS);
    } catch (TimeoutException stalled) {
      answer.cancel(true);
      throw new HttpTimeoutException("no answer for %s ms".formatted(limit));
    } catch (ExecutionException failure) {
      throw new IOException(reason(failure.getCause()), failure);
    } catch (InterruptedException stop) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private static String reason(Throwable cause) {
    if (cause.getMessage() != null) {
      return cause.getMessage();
    }
    return cause instanceof ConnectException ? "no connection" : cause.getClass().getSimpleName();
  }

  private static boolean startsAt(HttpResponse<?> response, long from) {
    return response
        .headers()
        .firstValue("Content-Range")
        .filter(range -> range.startsWith("bytes %s-".formatted(from)))
        .isPresent();
  }

  private void requireUsable(HttpResponse<?> response, long from) throws IOException {
    int status = response.statusCode();
    if (status != OK && !(status == PARTIAL_CONTENT && from > 0)) {
      throw new IOException("HTTP %s".formatted(status));
    }
    long expected = status == OK ? file.size() : file.size() - from;
    long length = response.headers().firstValueAsLong("Content-Length").orElse(expected);
    if (length != expected) {
      throw new IOException("it offers %s bytes instead of %s".formatted(length, expected));
    }
  }

  private void receive(BodyReader body) throws IOException {
    for (List<ByteBuffer> chunk = body.next(); !chunk.isEmpty(); chunk = body.next()) {
      part.append(chunk);
      if (part.size() > file.size()) {
        part.restart();
        throw new IOException("it sends more than %s bytes".formatted(file.size()));
      }
      progress.update(file.name(), part.size(), file.size());
    }
    if (part.size() < file.size()) {
      throw new IOException("it ended after %s of %s bytes".formatted(part.size(), file.size()));
    }
  }
}
