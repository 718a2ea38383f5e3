package dev.vitrine.testkit;

/**
 * Sums over the examples of a batch in plain Java, in the orders that {@code
 * docs/reproducibility.md} tells of: example n is lane n mod 16 of block n / 16.
 */
final class SumOrders {
  private static final int LANES = 16;

  private SumOrders() {}

  /** What example {@code n} adds in its {@code i}-th place. */
  interface Term {
    float of(int n, int i);
  }

  /** Each lane by itself, block after block and place after place; then the tree. */
  static float lanes(int examples, int places, Term term) {
    float[] acc = new float[LANES];
    for (int n = 0; n < examples; n++) {
      for (int i = 0; i < places; i++) {
        acc[n % LANES] += term.of(n, i);
      }
    }
    return tree(acc);
  }

  /** {@link #lanes} of products, each added by one fused multiply-add. */
  static float fusedLanes(int examples, int places, Term a, Term b) {
    float[] acc = new float[LANES];
    for (int n = 0; n < examples; n++) {
      for (int i = 0; i < places; i++) {
        acc[n % LANES] = Math.fma(a.of(n, i), b.of(n, i), acc[n % LANES]);
      }
    }
    return tree(acc);
  }

  /** Example after example, place after place, without lanes. */
  static float chain(int examples, int places, Term term) {
    float sum = 0;
    for (int n = 0; n < examples; n++) {
      for (int i = 0; i < places; i++) {
        sum += term.of(n, i);
      }
    }
    return sum;
  }

  /** {@link #chain} of products, each added by one fused multiply-add. */
  static float fusedChain(int examples, int places, Term a, Term b) {
    float sum = 0;
    for (int n = 0; n < examples; n++) {
      for (int i = 0; i < places; i++) {
        sum = Math.fma(a.of(n, i), b.of(n, i), sum);
      }
    }
    return sum;
  }

  /** The lanes and the tree of each block by itself; the blocks' sums in double precision. */
  static double blocks(int examples, int places, Term term) {
    double sum = 0;
    for (int block = 0; block < examples; block += LANES) {
      sum += block(block, examples, places, term);
    }
    return sum;
  }

  /** {@link #blocks} in single precision throughout. */
  static float singleBlocks(int examples, int places, Term term) {
    float sum = 0;
    for (int block = 0; block < examples; block += LANES) {
      sum += block(block, examples, places, term);
    }
    return sum;
  }

  private static float block(int first, int examples, int places, Term term) {
    int n = Math.min(LANES, examples - first);
    return lanes(n, places, (lane, i) -> term.of(first + lane, i));
  }

  /** Lane i meets lane i + 8, then + 4, + 2, + 1. */
  static float tree(float[] lanes) {
    float[] sums = lanes.clone();
    for (int width = LANES / 2; width > 0; width /= 2) {
      for (int i = 0; i < width; i++) {
        sums[i] += sums[i + width];
      }
    }
    return sums[0];
  }
}
