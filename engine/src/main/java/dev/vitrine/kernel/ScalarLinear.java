package dev.vitrine.kernel;

import java.util.List;

/** {@link Kernels#linear} in plain Java: lane by lane in loops that C2 makes vectors of. */
final class ScalarLinear {
  private static final int LANES = Kernels.LANES;

  /** A thread's vectors of a small matrix: inputs, what is between its factors, outputs. */
  private static final ThreadLocal<float[]> VALUES =
      ThreadLocal.withInitial(() -> new float[4 * LANES * LANES]);

  private ScalarLinear() {}

  static void run(
      LinearPass p, int n, float[] x, int x0, float[] b, int b0, float floor, float[] y, int y0) {
    float[] values = VALUES.get();
    for (int o = 0; o < n; o++) {
      boolean lanes = p.store() == LinearPass.Store.FINISH_LANES;
      float bias = b == null || lanes ? 0 : b[b0 + o];
      for (int i = 0; i < p.inner(); i++) {
        int from = x0 + o * p.xOuter() + i * p.xInner();
        for (int k = 0; k < p.map().inputs(); k++) {
          System.arraycopy(x, from + k * p.xStep(), values, k * LANES, LANES);
        }
        int at = apply(p.map(), values);
        int to = y0 + o * p.yOuter() + i * p.yInner();
        for (int k = 0; k < p.map().outputs(); k++) {
          if (lanes) {
            finish(values, at + k * LANES, b, b0 + o * LANES, floor, y, to + k * p.yStep());
          } else {
            store(p.store(), values, at + k * LANES, bias, floor, y, to + k * p.yStep());
          }
        }
      }
    }
  }

  /** Computes one stage after the other; returns where the last one's outputs start. */
  private static int apply(LinearMap map, float[] values) {
    int from = 0;
    int to = map.inputs() * LANES;
    for (int stage = 0; stage < map.stages().size(); stage++) {
      List<LinearMap.Row> rows = map.stages().get(stage);
      for (int k = 0; k < rows.size(); k++) {
        combine(rows.get(k), values, from, to + k * LANES);
      }
      from = to;
      to += rows.size() * LANES;
    }
    return from;
  }

  private static void combine(LinearMap.Row row, float[] values, int from, int to) {
    int[] input = row.input();
    float[] factor = row.factor();
    float first = factor[0];
    int at = from + input[0] * LANES;
    for (int lane = 0; lane < LANES; lane++) {
      values[to + lane] = first * values[at + lane];
    }
    for (int t = 1; t < input.length; t++) {
      float f = factor[t];
      int next = from + input[t] * LANES;
      for (int lane = 0; lane < LANES; lane++) {
        values[to + lane] = Math.fma(f, values[next + lane], values[to + lane]);
      }
    }
  }

  private static void finish(
      float[] values, int at, float[] b, int bAt, float floor, float[] y, int to) {
    for (int lane = 0; lane < LANES; lane++) {
      y[to + lane] = Math.max(values[at + lane] + b[bAt + lane], floor);
    }
  }

  private static void store(
      LinearPass.Store store, float[] values, int at, float bias, float floor, float[] y, int to) {
    for (int lane = 0; lane < LANES; lane++) {
      float r = values[at + lane];
      y[to + lane] =
          switch (store) {
            case SET -> r;
            case ADD -> y[to + lane] + r;
            case FINISH, FINISH_LANES -> Math.max(r + bias, floor);
          };
    }
  }
}
