package dev.vitrine.testkit;

import dev.vitrine.op.Span;
import dev.vitrine.random.RandomStream;

/** Draws one after the other from the random numbers of one round. */
final class Draws {
  private final RandomStream random;
  private long next;

  Draws(RandomStream random) {
    this.random = random;
  }

  /** low … high, both included. */
  int between(int low, int high) {
    return low + below(high - low + 1);
  }

  /** 0 … bound − 1. */
  int below(int bound) {
    return random.below(next++, bound);
  }

  /** Random numbers of their own, for what draws them more than once. */
  RandomStream stream() {
    return new RandomStream(random.bits(next++));
  }

  boolean coin() {
    return between(0, 1) == 1;
  }

  /** Any way of sliding: kernel 1 … 7, stride 1 … 4, dilation 1 … 3, padding 0 … 3 a side. */
  Span span(boolean ceil) {
    return new Span(
        between(1, 7), between(1, 4), between(1, 3), between(0, 3), between(0, 3), ceil);
  }

  /** A size of the axis that a span slides along: from the least that fits to {@code more} more. */
  int size(Span span, int more) {
    int least = Math.max(1, span.extent() - span.before() - span.after());
    return least + between(0, more);
  }
}
