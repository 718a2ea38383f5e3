package dev.vitrine.testkit;

import dev.vitrine.random.RandomStream;

/** Where a check takes a leaf's numbers from: a function of random numbers and an index. */
@FunctionalInterface
public interface Points {
  /** The number at {@code index}. */
  double draw(RandomStream random, long index);

  /** Standard normal. */
  static Points normal() {
    return RandomStream::normal;
  }

  /** Normal with mean 0 and the given standard deviation: weights, so that sums stay near 1. */
  static Points normal(double deviation) {
    return (random, i) -> deviation * random.normal(i);
  }

  /** Uniform in [low, high). */
  static Points between(double low, double high) {
    return (random, i) -> random.uniform(i, low, high);
  }

  /** One of 0 … classes − 1, as a class number. */
  static Points label(int classes) {
    return (random, i) -> random.below(i, classes);
  }

  /** −1, 0 or 1: on the kinks of rectifiers, and full of ties. */
  static Points ties() {
    return (random, i) -> random.below(i, 3) - 1;
  }

  /** −1 or 1. */
  static Points sign() {
    return (random, i) -> 2 * random.below(i, 2) - 1;
  }
}
