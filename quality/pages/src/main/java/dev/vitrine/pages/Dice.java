package dev.vitrine.pages;

import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;

/** Random numbers of one thing that is drawn, read one after the other. */
final class Dice {
  private final Seed seed;
  private final String purpose;
  private final long step;
  private final RandomStream stream;
  private long next;
  private long children;

  Dice(Seed seed, String purpose, long step) {
    this.seed = seed;
    this.purpose = purpose;
    this.step = step;
    stream = seed.stream(purpose, step);
  }

  /** Dice of a part, whose numbers do not depend on how many the other parts took. */
  Dice part(String name) {
    return new Dice(seed, purpose + "/" + name, step);
  }

  /** A stream for somebody else's drawing, another each time. */
  RandomStream stream() {
    return seed.stream(purpose + "#" + children++, step);
  }

  /** Uniform in [low, high). */
  double uniform(double low, double high) {
    return stream.uniform(next++, low, high);
  }

  /** Between two positive numbers, each ratio alike. */
  double ratio(double low, double high) {
    return low * StrictMath.pow(high / low, uniform(0, 1));
  }

  /** Mean 0, deviation 1, no value beyond ±3.5. */
  double bell() {
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      sum += uniform(-1, 1);
    }
    return sum * 0.8660254037844386;
  }

  boolean chance(double probability) {
    return uniform(0, 1) < probability;
  }

  /** 0 … bound − 1. */
  int below(int bound) {
    return stream.below(next++, bound);
  }

  /** +1 or −1. */
  int sign() {
    return chance(0.5) ? 1 : -1;
  }
}
