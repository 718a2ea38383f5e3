package dev.vitrine.data;

import dev.vitrine.random.Seed;
import java.util.Objects;

/** In which order an epoch uses the training examples. */
public final class EpochOrder {
  private EpochOrder() {}

  /**
   * {@return a permutation of 0 … size − 1: a pure function of its arguments (purpose {@code
   * "shuffle"}, step = epoch), so that a resumed run goes on in the order that it was stopped in}
   *
   * @param size how many examples an epoch has
   * @param seed the training's seed
   * @param epoch the epoch's number
   */
  public static int[] of(int size, Seed seed, long epoch) {
    Objects.requireNonNull(seed, "seed");
    return seed.stream("shuffle", epoch).permutation(size);
  }
}
