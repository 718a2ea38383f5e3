package dev.vitrine.plan.convolution;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.Lanes;
import dev.vitrine.kernel.Offsets;
import dev.vitrine.plan.memory.Buffer;
import java.util.Arrays;

/**
 * A convolution's weight gradient by its definition, for some pairs of channels: {@code dw[u, v] =
 * Σ dy[p] · x[p + (u, v)]} over the positions p where dy is not 0 and (u, v) lies inside the image.
 * The pairs of a filter have these positions in common, and are summed together, tap by tap. For
 * one thread at a time.
 */
final class PairSum {
  private static final int LANES = Kernels.LANES;

  /** Positions at once, at most. */
  private static final int SOME = 32;

  /** Channels at once; those that are too many repeat the last. */
  private static final int GROUP = 6;

  private final WinogradTiles t;
  private final Kernels kernels;
  private final Buffer x;
  private final Buffer dy;

  /** Elements of a channel of x. */
  private final int plane;

  /** The pairs to sum, o · C + c, in their order. */
  private final int[] pairs = new int[WinogradWeights.CHUNK];

  private int wanted;

  /** How many places of a filter there are; for each, where dy lies, and what tap (0, 0) reads. */
  private int count;

  private final int[] dyPlace;
  private final int[] block;
  private final int[] row;
  private final int[] column;

  /** For each number of positions, tables for the kernels. */
  private final Offsets[] dyAt = new Offsets[SOME + 1];

  private final Offsets[] xAt = new Offsets[SOME + 1];

  /** Where a group's channels start. */
  private final int[] channel = new int[GROUP];

  PairSum(WinogradTiles t, Kernels kernels, Buffer x, Buffer dy, int maxBlocks) {
    this.t = t;
    this.kernels = kernels;
    this.x = x;
    this.dy = dy;
    plane = t.inHeight() * t.inWidth() * LANES;
    int most = t.outHeight() * t.outWidth() * (x.perExample() || dy.perExample() ? maxBlocks : 1);
    dyPlace = new int[most];
    block = new int[most];
    row = new int[most];
    column = new int[most];
    for (int n = 1; n <= SOME; n++) {
      dyAt[n] = new Offsets(new int[n], 0);
      xAt[n] = new Offsets(new int[n], 0);
    }
    Arrays.setAll(channel, c -> c * plane);
    kernels.expect(1, dyAt[SOME], xAt[SOME], channel);
  }

  /** Floats of scratch that {@link #sum} needs. */
  static int scratch() {
    return (WinogradWeights.CHUNK + GROUP) * LANES;
  }

  /** Forgets what was asked for. */
  void begin() {
    wanted = 0;
  }

  /** Asks for a pair, behind all that were asked for before. */
  void add(int pair) {
    pairs[wanted++] = pair;
  }

  /**
   * The sums for the pairs asked for, to {@code dw} from {@code dw0}, where (0, 0)'s would be.
   *
   * @param blocks of the batch
   * @param acc where scratch has room
   */
  void sum(int blocks, float[] scratch, int acc, float[] dw, int dw0) {
    for (int from = 0, to; from < wanted; from = to) {
      int filter = pairs[from] / t.channels();
      to = from + 1;
      while (to < wanted && pairs[to] / t.channels() == filter) {
        to++;
      }
      find(filter, blocks);
      for (int tap = 0; tap < t.down().taps * t.along().taps; tap++) {
        sum(tap, from, to, scratch, acc, dw, dw0);
      }
    }
  }

  /** Finds where the filter's dy is not 0 in all lanes. */
  private void find(int filter, int blocks) {
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

  /** Whether a lane is neither 0 nor −0; all of them together, since most are neither or both. */
  private static boolean isAlive(float[] a, int at) {
    int bits = 0;
    for (int lane = 0; lane < LANES; lane++) {
      bits |= Float.floatToRawIntBits(a[at + lane]);
    }
    return bits << 1 != 0;
  }

  /** One tap of the pairs from number {@code from} to {@code to − 1}, which are of one filter. */
  private void sum(int tap, int from, int to, float[] scratch, int acc, float[] dw, int dw0) {
    Arrays.fill(scratch, acc, acc + (to - from + GROUP) * LANES, 0);
    int u = tap / t.along().taps;
    int v = tap % t.along().taps;
    int[] dyTable = dyAt[SOME].at();
    int[] xTable = xAt[SOME].at();
    int n = 0;
    for (int k = 0; k < count; k++) {
      int i = row[k] + u;
      int j = column[k] + v;
      if (i >= 0 && i < t.inHeight() && j >= 0 && j < t.inWidth()) {
        dyTable[n] = dyPlace[k];
        xTable[n++] = block[k] * x.blockStride + (i * t.inWidth() + j) * LANES;
      }
      if (n == SOME || (n > 0 && k == count - 1)) {
        add(n, from, to, scratch, acc);
        n = 0;
      }
    }
    boolean shared = !x.perExample() && !dy.perExample();
    int taps = t.down().taps * t.along().taps;
    for (int k = from; k < to; k++) {
      int at = acc + (k - from) * LANES;
      dw[dw0 + pairs[k] * taps + tap] = shared ? scratch[at] : Lanes.sum(scratch, at);
    }
  }

  /** Adds the n positions in the largest tables to the sums. */
  private void add(int n, int from, int to, float[] scratch, int acc) {
    if (n < SOME) {
      System.arraycopy(dyAt[SOME].at(), 0, dyAt[n].at(), 0, n);
      System.arraycopy(xAt[SOME].at(), 0, xAt[n].at(), 0, n);
    }
    for (int first = from; first < to; first += GROUP) {
      for (int c = 0; c < GROUP; c++) {
        channel[c] = pairs[Math.min(first + c, to - 1)] % t.channels() * plane;
      }
      kernels.correlate(
          1,
          dy.data(),
          dy.offset(),
          0,
          dyAt[n],
          x.data(),
          x.offset(),
          xAt[n],
          channel,
          scratch,
          acc + (first - from) * LANES);
    }
  }
}
