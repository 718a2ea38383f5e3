package dev.vitrine.cluster;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What is told of a team, and what its steps cost. */
final class TeamNotes {
  private final Consumer<String> listener;
  private final String driver;
  private long steps;
  private long askedNanos;
  private long addedNanos;
  private long computedNanos;
  private long bytes;
  private long bytesBefore;

  TeamNotes(Consumer<String> listener, String driver) {
    this.listener = listener;
    this.driver = driver;
  }

  String driver() {
    return driver;
  }

  void say(String sentence) {
    listener.accept(sentence);
  }

  void come(Rendezvous.Arrival a) {
    say(
        "member %s at %s, %s, %s"
            .formatted(
                a.number(),
                a.host(),
                a.threads() == 1 ? "1 thread" : a.threads() + " threads",
                a.scalarReason().isEmpty()
                    ? "vector kernels"
                    : "scalar kernels: " + a.scalarReason()));
  }

  void asked(long nanos, List<Link> links) {
    steps++;
    askedNanos += nanos;
    computedNanos += links.stream().mapToLong(Link::nanos).max().orElse(0);
    long now = links.stream().mapToLong(Link::bytes).sum();
    bytes += now >= bytesBefore ? now - bytesBefore : now; // a new team counts from 0
    bytesBefore = now;
  }

  void added(long nanos) {
    addedNanos += nanos;
  }

  /** What a step came to in the mean; empty before the first. */
  String costs() {
    return steps == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "a step waited %.1f ms for its members, of which the slowest computed %.1f, and was summed up in %.1f; %,d KB went to and fro",
            askedNanos / 1e6 / steps,
            computedNanos / 1e6 / steps,
            addedNanos / 1e6 / steps,
            bytes / 1024 / steps);
  }
}
