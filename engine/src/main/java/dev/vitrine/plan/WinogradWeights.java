package dev.vitrine.plan;

import static dev.vitrine.plan.Winograd.SIZE;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.LinearMap;
import dev.vitrine.kernel.LinearPass;
import dev.vitrine.kernel.LinearPass.Store;
import dev.vitrine.op.Value;
import java.util.List;

/**
 * Weights as {@link Winograd}'s products want them: {@code U = G w Gᵀ}, the pairs (o, c) innermost,
 * so that a vector holds 16 pairs, and with room for whole tasks.
 */
final class WinogradWeights {
  /** Pairs a task. */
  private static final int CHUNK = 8 * Kernels.LANES;

  private WinogradWeights() {}

  /** Floats from one product's weights to the next's. */
  static int stride(int pairs) {
    return tasks(pairs) * CHUNK;
  }

  private static int tasks(int pairs) {
    return (pairs + CHUNK - 1) / CHUNK;
  }

  /**
   * A map applied to both sides of matrices that lie number by number: (a, a) to (b, b).
   *
   * @param between floats of scratch
   */
  private record BothSides(LinearPass first, LinearPass second, int between) {
    static BothSides of(LinearMap map, int xStride, int yStride) {
      int a = map.inputs();
      int b = map.outputs();
      int n = CHUNK / Kernels.LANES;
      int lanes = Kernels.LANES;
      return new BothSides(
          new LinearPass(map, Store.SET, a * xStride, a * CHUNK, n, lanes, lanes, xStride, CHUNK),
          new LinearPass(map, Store.SET, CHUNK, yStride, n, lanes, lanes, a * CHUNK, b * yStride),
          a * b * CHUNK);
    }

    void run(Kernels kernels, float[] x, int xAt, float[] scratch, int at, float[] y, int yAt) {
      kernels.linear(first, first.map().inputs(), x, xAt, null, 0, 0, scratch, at);
      kernels.linear(second, first.map().outputs(), scratch, at, null, 0, 0, y, yAt);
    }
  }

  /** U (8, 8, O, C) of a weight (O, C, r, r); computed once for all that read it. */
  static Buffer of(Lowering l, WinogradTiles t, Value value, Buffer w) {
    return l.derived(w, t.matrices(), () -> transform(l, t, value, w));
  }

  private static Buffer transform(Lowering l, WinogradTiles t, Value value, Buffer w) {
    int taps = t.matrices().taps * t.matrices().taps;
    int pairs = t.filters() * t.channels();
    Buffer u = Buffer.flat(SIZE * SIZE * stride(pairs));
    BothSides sides = BothSides.of(t.matrices().weight, CHUNK, stride(pairs));
    l.kernels.expect(sides.first);
    l.add(
        new Step(
                Lowering.name(value, "Convolution, weights"),
                List.of(w),
                List.of(u),
                batch -> tasks(pairs),
                (task, batch, scratch) -> {
                  int first = task * CHUNK;
                  for (int i = 0; i < CHUNK; i++) {
                    int from = w.offset + (first + i) * taps;
                    for (int tap = 0; tap < taps; tap++) {
                      scratch[tap * CHUNK + i] = first + i < pairs ? w.data[from + tap] : 0;
                    }
                  }
                  sides.run(l.kernels, scratch, 0, scratch, taps * CHUNK, u.data, u.offset + first);
                })
            .scratch(taps * CHUNK + sides.between()));
    return u;
  }
}
