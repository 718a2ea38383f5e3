package dev.vitrine.kernel.simd;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.Stencil;

/**
 * How large tiles are: as many sums as the registers hold, and if possible not so few that each
 * waits for the one before.
 */
final class TileSizes {
  /** Cycles from a multiply-add to the next of the same sum, on all processors of today. */
  private static final double LATENCY = 4;

  /** Multiply-adds that a processor begins in a cycle, and instructions of all kinds. */
  private static final double UNITS = 2;

  private static final double ISSUE = 6;

  /** A tile's start and end, spread over its terms: of equal splits the fewest tiles win. */
  private static final double START = 0.1;

  /** Vector registers of x86-64 without AVX-512. */
  private static final int FEW = 16;

  /** Vectors of 128 bits in a block's lanes. */
  private static final int MOST_PARTS = 4;

  /** Rows that are worth balancing; of more, a tile's share is about the most anyhow. */
  private static final int FEW_ROWS = 24;

  /**
   * Rows of a tile: more would only need more addresses, and rows of weights that lie a power of
   * two apart crowd into one set of the nearest cache, which holds eight lines (24 rows took 2.3
   * times as long as six where 1,024 weights make a row, 4 % longer elsewhere).
   */
  private static final int ROWS = 6;

  /** Sums of which none waits for its last product, where two products begin in a cycle. */
  private static final int ENOUGH = 8;

  /** What fetching the addresses of so many rows from memory takes, beside what all take. */
  private static final int ADDRESSES = 5;

  /** Taps of a correlation's tile: of 32 registers 25 hold sums, five x, one dy. */
  private static final int MOST_TAPS = 5;

  /** The same of 16 registers: nine hold sums, three dy, one x. Or ten, five and one. */
  private static final int FEW_TAPS = 3;

  /** Vectors of x that stay in the nearest caches while all rows pass: 32 KiB. */
  static final int NEAR_X = 512;

  private final int parts;
  private final int maxSums;
  private final int across;
  private final boolean many;

  /** For each number of positions and of rows that remain, the next tile's rows. */
  private final int[][] rows = new int[Stencil.TILE + 1][];

  /** The same where a table says where inputs lie. */
  private final int[][] tableRows = new int[Stencil.TILE + 1][];

  /**
   * The sizes for a vector width.
   *
   * @param length numbers to a vector
   * @param registers vector registers: 32, or 16 on x86-64 without AVX-512
   */
  TileSizes(int length, int registers) {
    many = registers >= 32;
    parts = Kernels.LANES / length;
    // Ten, not twelve, of 16: where no check of bounds stands between them, C2 of JDK 26 and 27
    // loads all factors of a term first, and there are up to six. Of NEON's 32, 24 sums, four
    // inputs and six weights would be two too many; on whole vectors, where they would be as many,
    // 25 to 27 were measured to hold them.
    maxSums = many ? (parts == MOST_PARTS ? 20 : 24) : 10;
    across = Math.max(1, maxSums / (ROWS * parts));
    for (int positions = 1; positions <= Stencil.TILE; positions++) {
      rows[positions] = balanced(positions, most(positions, false));
      tableRows[positions] = balanced(positions, most(positions, true));
    }
  }

  /** For each number of rows that remain, the rows of the next tile, at most {@code most}. */
  private int[] balanced(int positions, int most) {
    int[] next = new int[FEW_ROWS + 1];
    double[] best = new double[FEW_ROWS + 1];
    for (int rest = 1; rest <= FEW_ROWS; rest++) {
      int share = share(rest, most);
      best[rest] = Double.POSITIVE_INFINITY;
      for (int i = 0; i < most; i++) {
        // The share first, then what is farther and farther from it.
        int count = i < share ? share - i : i + 1;
        double cycles = count > rest ? best[rest] : cycles(count, positions) + best[rest - count];
        if (cycles < best[rest]) {
          best[rest] = cycles;
          next[rest] = count;
        }
      }
    }
    return next;
  }

  /**
   * Cycles that a term of a tile with so many rows takes for all positions. Measured on 256 bits
   * (Zen 4), rows × positions: 5×1 5.6, 4×1 4.8, 3×1 4.2, 2×2 5.5, 1×4 8.6 for each tile; 6×1 7.1,
   * since general registers do not hold the addresses of six rows.
   */
  private double cycles(int count, int there) {
    int together = positions(count, there);
    int vectors = together * parts;
    int sums = count * vectors;
    // An input is two additions, its check, a branch and a load; a weight an address and a load.
    double instructions = 5 * vectors + 2 * count + sums + 3 + (count < ROWS ? 0 : ADDRESSES);
    double tile = Math.max(LATENCY, Math.max(sums / UNITS, instructions / ISSUE)) + START;
    return Math.ceilDiv(there, together) * tile;
  }

  /**
   * With a table a check of bounds stands before each input, so that C2 loads a term's weights one
   * by one: what is left beside a position's inputs and one weight may all be sums.
   */
  private int most(int positions, boolean table) {
    int vectors = parts * Math.min(positions, across);
    int usual = maxSums / vectors;
    if (many) {
      return Math.min(usual, Math.max(ROWS, ENOUGH / vectors));
    }
    return table ? Math.max(usual, (FEW - 1 - parts) / parts) : usual;
  }

  /** Vectors of a block's 16 lanes. */
  int parts() {
    return parts;
  }

  /**
   * How many rows the next tile should have, if so many remain.
   *
   * @param table whether a table says where inputs lie
   */
  int rows(int rest, int positions, boolean table) {
    if (rest > FEW_ROWS) {
      return share(rest, most(positions, false));
    }
    return (table ? tableRows : rows)[positions][rest];
  }

  /** How many of a row's positions are summed at once. */
  int positions(int rows, int there) {
    return Math.clamp(maxSums / (parts * rows), 1, there);
  }

  /** The rows, and taps, that a tile with the usual number of positions can have. */
  int usualRows() {
    return most(across, false);
  }

  /** The positions that tiles usually have. */
  int usualPositions() {
    return across;
  }

  /** As many rows as a tile can have. */
  int maxRows() {
    return maxSums;
  }

  /** As many taps as a correlation's tile can have; as many rows, too. */
  int maxTaps() {
    return MOST_TAPS;
  }

  /**
   * {@link #rows} for correlations. With taps that slide, their vectors are held, and one of dy;
   * else those of dy, and one of x.
   */
  int correlateRows(int rest, int taps, boolean slides) {
    return share(rest, many ? MOST_TAPS : slides && taps > FEW_TAPS ? 2 : FEW_TAPS);
  }

  /**
   * How many rows correlations like to have: of few registers three tiles with taps that slide, or
   * two of others.
   */
  int correlateRows() {
    return many ? MOST_TAPS : 2 * FEW_TAPS;
  }

  /** {@link #rows} for the taps of correlations that lie anywhere. */
  int taps(int rest) {
    return share(rest, many ? MOST_TAPS : FEW_TAPS);
  }

  /**
   * Whether the registers hold a correlation's sums and all factors of a position: where no check
   * of bounds stands between their loads, C2 does those first.
   */
  boolean holdAll(int rows, int taps) {
    return rows * taps + rows + taps < (many ? 32 : 16);
  }

  private static int share(int rest, int most) {
    int tiles = (rest + most - 1) / most;
    return (rest + tiles - 1) / tiles;
  }

  /**
   * Behind the tiles from one on that have its program and all positions: one, or as many as read
   * no more than stays near.
   */
  int endOfAlike(Stencil s, int tile, int to, int terms) {
    int end = tile + 1;
    int most = parts > 1 && s.yLanes() == null ? NEAR_X / (Stencil.TILE * Math.max(1, terms)) : 1;
    while (end < Math.min(to, tile + most) && s.program()[end] == s.program()[tile]) {
      end++;
    }
    return end;
  }

  /** How many taps from t lie one vector apart, up to a tile's size. */
  int neighbours(int[] tap, int t) {
    int n = 1;
    while (n < maxTaps() && t + n < tap.length && tap[t + n] == tap[t] + n * Kernels.LANES) {
      n++;
    }
    return n;
  }

  /**
   * Behind the tiles from t that have as many taps each, which slide or do not: one, or as many as
   * have no more than some taps together.
   */
  int endOfAlike(int[] tap, int t, int taps, boolean slides, int most) {
    int end = t + taps;
    while (end + taps <= Math.min(tap.length, t + most) && slides == neighbours(tap, end) > 1) {
      if ((slides ? neighbours(tap, end) : taps(tap.length - end)) != taps) {
        break;
      }
      end += taps;
    }
    return end;
  }
}
