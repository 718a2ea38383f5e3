package dev.vitrine.data;

import dev.vitrine.random.Seed;
import java.util.Objects;

/** In which order an epoch uses the training examples. */
public final class EpochOrder {
  private EpochOrder() {}

  /**
   * A permutation of 0 … size − 1: a pure function of its arguments (purpose {@code "shuffle"},
   * step = epoch), so that a resumed run goes on in the order that it was stopped in.
   */
  public static int[] of(int size, Seed seed, long epoch) {
    Objects.requireNonNull(seed, "seed");
    return seed.stream("shuffle", epoch).permutation(size);
  }
}
