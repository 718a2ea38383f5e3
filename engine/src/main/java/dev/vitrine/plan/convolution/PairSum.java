package dev.vitrine.plan.convolution;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.Lanes;
import dev.vitrine.kernel.Offsets;
import dev.vitrine.plan.memory.Buffer;
import java.util.Arrays;

/**
 * A convolution's weight gradient by its definition, for single pairs of channels: {@code dw[u, v]
 * = Σ dy[p] · x[p + (u, v)]} over the positions p where dy is not 0. For one thread at a time.
 */
final class PairSum {
  private static final int LANES = Kernels.LANES;

  /** Positions at once, at most. */
  private static final int SOME = 16;

  private final WinogradTiles t;
  private final Kernels kernels;
  private final Buffer x;
  private final Buffer dy;

  /** The taps from v0 to v1 − 1 of a filter's row. */
  private final int[][][] taps;

  private int blocks;

  /** The filter that the places are of. */
  private int filter;

  /**
   * How many places there are; for each, where dy lies, and the block, row and column of tap (0,
   * 0).
   */
  private int count;

  private final int[] dyPlace;
  private final int[] block;
  private final int[] row;
  private final int[] column;

  /** For each number of positions, tables for the kernels. */
  private final Offsets[] dyAt = new Offsets[SOME + 1];

  private final Offsets[] xAt = new Offsets[SOME + 1];

  PairSum(WinogradTiles t, Kernels kernels, Buffer x, Buffer dy, int maxBlocks) {
    this.t = t;
    this.kernels = kernels;
    this.x = x;
    this.dy = dy;
    int width = t.along().taps;
    taps = new int[width][width + 1][];
    for (int v0 = 0; v0 < width; v0++) {
      for (int v1 = v0; v1 <= width; v1++) {
        taps[v0][v1] = new int[v1 - v0];
        Arrays.setAll(taps[v0][v1], v -> v * LANES);
      }
    }
    int most = t.outHeight() * t.outWidth() * (x.perExample() || dy.perExample() ? maxBlocks : 1);
    dyPlace = new int[most];
    block = new int[most];
    row = new int[most];
    column = new int[most];
    for (int n = 1; n <= SOME; n++) {
      dyAt[n] = new Offsets(new int[n], 0);
      xAt[n] = new Offsets(new int[n], 0);
    }
    kernels.expect(1, dyAt[SOME], xAt[SOME], taps[0][width]);
  }

  /** States that dy has changed. */
  void begin(int usedBlocks) {
    blocks = usedBlocks;
    filter = -1;
  }

  /**
   * The sums for one pair, to {@code dw} from {@code to}.
   *
   * @param pair o · C + c
   * @param scratch room for a vector a tap, from {@code acc}
   */
  void sum(int pair, float[] scratch, int acc, float[] dw, int to) {
    if (filter != pair / t.channels()) {
      filter = pair / t.channels();
      find();
    }
    int channel = x.offset() + pair % t.channels() * t.inHeight() * t.inWidth() * LANES;
    int height = t.down().taps;
    int width = t.along().taps;
    Arrays.fill(scratch, acc, acc + height * width * LANES, 0);
    for (int u = 0; u < height; u++) {
      addRow(u, channel, scratch, acc + u * width * LANES);
    }
    boolean shared = !x.perExample() && !dy.perExample();
    for (int k = 0; k < height * width; k++) {
      int at = acc + k * LANES;
      dw[to + k] = shared ? scratch[at] : Lanes.sum(scratch, at);
    }
  }

  /** Finds where the filter's dy is not 0 in all lanes. */
  private void find() {
    count = 0;
    for (int b = 0; b < blocks; b++) {
      int at = b * dy.blockStride + filter * t.outHeight() * t.outWidth() * LANES;
      for (int i = 0; i < t.outHeight(); i++) {
        for (int j = 0; j < t.outWidth(); j++) {
          if (isAlive(dy.data(), dy.offset() + at)) {
            dyPlace[count] = at;
            block[count] = b;
            row[count] = i - t.top();
            column[count++] = j - t.left();
          }
          at += LANES;
        }
      }
    }
  }

  private static boolean isAlive(float[] a, int at) {
    for (int lane = 0; lane < LANES; lane++) {
      if (a[at + lane] != 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * Adds to the sums of row u of the taps: positions with the same taps inside the image together.
   */
  private void addRow(int u, int channel, float[] scratch, int acc) {
    int n = 0;
    int from = 0;
    int to = 0;
    for (int k = 0; k < count; k++) {
      int i = row[k] + u;
      if (i < 0 || i >= t.inHeight()) {
        continue;
      }
      int v0 = Math.max(0, -column[k]);
      int v1 = Math.min(t.along().taps, t.inWidth() - column[k]);
      if (v0 >= v1) {
        continue; // The whole row of taps lies beside the image: padding as wide as the filter.
      }
      if (n == SOME || (n > 0 && (v0 != from || v1 != to))) {
        add(n, from, to, channel, scratch, acc);
        n = 0;
      }
      from = v0;
      to = v1;
      dyAt[SOME].at()[n] = dyPlace[k];
      xAt[SOME].at()[n++] = block[k] * x.blockStride + (i * t.inWidth() + column[k] + v0) * LANES;
    }
    if (n > 0) {
      add(n, from, to, channel, scratch, acc);
    }
  }

  private void add(int n, int v0, int v1, int channel, float[] scratch, int acc) {
    if (n < SOME) {
      System.arraycopy(dyAt[SOME].at(), 0, dyAt[n].at(), 0, n);
      System.arraycopy(xAt[SOME].at(), 0, xAt[n].at(), 0, n);
    }
    kernels.correlate(
        1,
        dy.data(),
        dy.offset(),
        0,
        dyAt[n],
        x.data(),
        channel,
        xAt[n],
        taps[v0][v1],
        scratch,
        acc + v0 * LANES);
  }
}
