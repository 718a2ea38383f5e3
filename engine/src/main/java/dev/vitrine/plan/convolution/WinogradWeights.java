package dev.vitrine.plan.convolution;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.LinearMap;
import dev.vitrine.kernel.LinearPass;
import dev.vitrine.kernel.LinearPass.Store;
import dev.vitrine.op.Value;
import dev.vitrine.plan.memory.Buffer;
import dev.vitrine.plan.memory.Placed;
import dev.vitrine.plan.memory.Step;
import dev.vitrine.plan.steps.Lowering;
import dev.vitrine.tensor.Frozen;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Weights as {@link Winograd}'s products want them, {@code U = G w Gᵀ}, and their gradients back
 * again, {@code dw = Gᵀ dU G}. Both lie with the pairs (o, c) innermost, so that a vector holds 16
 * pairs, and with room for whole tasks.
 */
final class WinogradWeights {
  /** Pairs a task. */
  static final int CHUNK = 8 * Kernels.LANES;

  private WinogradWeights() {}

  /** Floats from one product's weights to the next's. */
  static int stride(int pairs) {
    return tasks(pairs) * CHUNK;
  }

  static int tasks(int pairs) {
    return (pairs + CHUNK - 1) / CHUNK;
  }

  /**
   * M X Nᵀ of {@code CHUNK} matrices that lie number by number: along their rows, then down.
   *
   * @param between floats of scratch
   */
  record BothSides(LinearPass along, LinearPass down, int between) {
    /**
     * @param xStride floats from one number to the next
     * @param yStride the same of the result
     */
    static BothSides of(LinearMap down, LinearMap along, int xStride, int yStride) {
      int n = CHUNK / Kernels.LANES;
      int lanes = Kernels.LANES;
      int rows = down.inputs();
      int width = along.outputs();
      return new BothSides(
          new LinearPass(
              along,
              Store.SET,
              xStride,
              rows * CHUNK,
              n,
              lanes,
              lanes,
              along.inputs() * xStride,
              CHUNK),
          new LinearPass(
              down, Store.SET, CHUNK, width * yStride, n, lanes, lanes, rows * CHUNK, yStride),
          width * rows * CHUNK);
    }

    void announce(Kernels kernels) {
      kernels.expect(along);
      kernels.expect(down);
    }

    void run(Kernels kernels, float[] x, int xAt, float[] scratch, int at, float[] y, int yAt) {
      kernels.linear(along, down.map().inputs(), x, xAt, null, 0, 0, scratch, at);
      kernels.linear(down, along.map().outputs(), scratch, at, null, 0, 0, y, yAt);
    }
  }

  /**
   * U of a weight (O, C, r, r) for tiles of h × w products; computed once for all that read it.
   *
   * @param byFilter whether (h, w, O, C) or (h, w, C, O)
   */
  static Buffer of(Lowering l, WinogradTiles t, Value value, Buffer w, boolean byFilter) {
    return l.derived(
        w, List.of(t.down(), t.along(), byFilter), () -> transform(l, t, value, w, byFilter));
  }

  private static Buffer transform(
      Lowering l, WinogradTiles t, Value value, Buffer w, boolean byFilter) {
    int taps = t.down().taps * t.along().taps;
    int pairs = t.filters() * t.channels();
    Buffer u = Buffer.flat(t.down().size * t.along().size * stride(pairs));
    BothSides sides = BothSides.of(t.down().weight, t.along().weight, CHUNK, stride(pairs));
    sides.announce(l.kernels);
    IntUnaryOperator pairOf = pair -> pair >= pairs ? -1 : byFilter ? pair : turned(t, pair);
    l.add(
        new Step(
                Lowering.name(value, "Convolution, weights"),
                List.of(w),
                List.of(u),
                batch -> tasks(pairs),
                (task, batch, scratch) ->
                    transform(
                        l.kernels,
                        sides,
                        taps,
                        task * CHUNK,
                        pairOf,
                        w.data(),
                        w.offset(),
                        scratch,
                        u.data(),
                        u.offset()))
            .scratch(taps * CHUNK + sides.between()));
    return u;
  }

  /**
   * U for few examples: (h, w, O / 16, C, 16 filters), and where number by number begins, {@link
   * #stride} of so many pairs apart.
   */
  static float[] ofChannels(Kernels kernels, WinogradTiles t, Frozen.Place w) {
    int taps = t.down().taps * t.along().taps;
    int pairs = Placed.vectors(t.filters()) * Kernels.LANES * t.channels();
    float[] u = new float[Math.multiplyExact(t.down().size * t.along().size, stride(pairs))];
    BothSides sides = BothSides.of(t.down().weight, t.along().weight, CHUNK, stride(pairs));
    IntUnaryOperator pairOf =
        pair -> {
          int vector = pair / Kernels.LANES;
          int filter = vector / t.channels() * Kernels.LANES + pair % Kernels.LANES;
          return pair >= pairs || filter >= t.filters()
              ? -1
              : filter * t.channels() + vector % t.channels();
        };
    float[] scratch = new float[taps * CHUNK + sides.between()];
    for (int task = 0; task < tasks(pairs); task++) {
      transform(kernels, sides, taps, task * CHUNK, pairOf, w.array(), w.offset(), scratch, u, 0);
    }
    return u;
  }

  /**
   * The transforms of a chunk of pairs.
   *
   * @param pairOf which pair of w, counted (O, C), a pair of U is; −1 if none, which becomes 0
   */
  private static void transform(
      Kernels kernels,
      BothSides sides,
      int taps,
      int first,
      IntUnaryOperator pairOf,
      float[] w,
      int w0,
      float[] scratch,
      float[] u,
      int u0) {
    for (int i = 0; i < CHUNK; i++) {
      int pair = pairOf.applyAsInt(first + i);
      int from = w0 + pair * taps;
      for (int tap = 0; tap < taps; tap++) {
        scratch[tap * CHUNK + i] = pair < 0 ? 0 : w[from + tap];
      }
    }
    sides.run(kernels, scratch, 0, scratch, taps * CHUNK, u, u0 + first);
  }

  /** Where a weight (O, C) has the pair that is number {@code pair} of (C, O). */
  private static int turned(WinogradTiles t, int pair) {
    return pair % t.filters() * t.channels() + pair / t.filters();
  }
}
