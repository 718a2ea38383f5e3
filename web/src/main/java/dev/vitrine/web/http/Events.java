package dev.vitrine.web.http;

import dev.vitrine.format.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What happens, told to every open page (server-sent events). Telling never waits for a page: of
 * each kind of event a page that is slow gets the newest alone.
 */
public final class Events {
  private static final long HEARTBEAT_NANOS = 10_000_000_000L;

  private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
  private final Map<String, String> newest = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /** No page listens yet. */
  public Events() {}

  /**
   * Tells all pages.
   *
   * @param kind which kind of event; of each, a page that just opened is told the newest
   * @param value what {@link Json} writes
   */
  public void tell(String kind, Object value) {
    String line = Json.line(value);
    newest.put(kind, line);
    listeners.forEach(listener -> listener.offer(kind, line));
  }

  /** Lets all pages go. */
  void close() {
    closed = true;
    listeners.forEach(Listener::wake);
  }

  /** Writes to one page until it goes. */
  void stream(OutputStream out) throws IOException {
    Listener listener = new Listener();
    listeners.add(listener);
    try {
      newest.forEach(listener::offerOlder);
      out.write("retry: 1000\n\n".getBytes(StandardCharsets.UTF_8));
      out.flush();
      while (!closed) {
        var text = new StringBuilder();
        listener
            .take()
            .forEach((kind, line) ->
                text.append("event: ").append(kind).append("\ndata: ").append(line).append("\n\n"));
        // An empty one tells whether anybody is still there.
        out.write((text.isEmpty() ? ":\n\n" : text.toString()).getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    } finally {
      listeners.remove(listener);
    }
  }

  /** How many pages listen. */
  int size() {
    return listeners.size();
  }

  /** The newest of each kind that a page has not been sent. */
  private static final class Listener {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition something = lock.newCondition();
    private final Map<String, String> waiting = new LinkedHashMap<>();
    private boolean woken;

    void offer(String kind, String line) {
      lock.lock();
      try {
        waiting.put(kind, line);
        something.signal();
      } finally {
        lock.unlock();
      }
    }

    /** What was told before it listened, unless something newer came meanwhile. */
    void offerOlder(String kind, String line) {
      lock.lock();
      try {
        waiting.putIfAbsent(kind, line);
      } finally {
        lock.unlock();
      }
    }

    void wake() {
      lock.lock();
      try {
        woken = true;
        something.signal();
      } finally {
        lock.unlock();
      }
    }

    /** What waits; nothing if nothing happened for a while. */
    Map<String, String> take() throws IOException {
      lock.lock();
      try {
        long left = HEARTBEAT_NANOS;
        while (waiting.isEmpty() && left > 0 && !woken) {
          left = something.awaitNanos(left);
        }
        Map<String, String> taken = new LinkedHashMap<>(waiting);
        waiting.clear();
        return taken;
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new IOException("stopped", stopped);
      } finally {
        lock.unlock();
      }
    }
  }
}
