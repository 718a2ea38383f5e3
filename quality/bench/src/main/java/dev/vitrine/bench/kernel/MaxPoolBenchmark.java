package dev.vitrine.bench.kernel;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.PoolTable;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** {@link Kernels#maxPool} and its gradient: 2×2 over 20 planes of 24×24. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgs = {"--add-modules", "jdk.incubator.vector"})
public class MaxPoolBenchmark {
  private static final int LANES = Kernels.LANES;
  private static final int PLANES = 20;
  private static final int SIDE = 24;
  private static final int OUT_SIDE = 12;
  private static final int IN_SIZE = SIDE * SIDE * LANES;
  private static final int OUT_SIZE = OUT_SIDE * OUT_SIDE * LANES;

  @Param({"simd", "scalar"})
  private String kernels;

  private Kernels routines;
  private PoolTable table;
  private float[] x;
  private float[] y;
  private float[] dx;

  /** Draws the numbers. */
  @Setup
  public void prepare() {
    routines = Pair.kernels(kernels);
    int windows = OUT_SIDE * OUT_SIDE;
    int[] start = new int[windows + 1];
    int[] member = new int[4 * windows];
    float[] scale = new float[windows];
    for (int p = 0; p < windows; p++) {
      start[p + 1] = 4 * (p + 1);
      scale[p] = 0.25f;
      for (int m = 0; m < 4; m++) {
        int row = 2 * (p / OUT_SIDE) + m / 2;
        member[4 * p + m] = (row * SIDE + 2 * (p % OUT_SIDE) + m % 2) * LANES;
      }
    }
    table = new PoolTable(start, member, scale, IN_SIZE, OUT_SIZE, true);
    x = Pair.numbers(PLANES * IN_SIZE);
    y = Pair.numbers(PLANES * OUT_SIZE);
    dx = new float[x.length];
  }

  /** Forward; an operation is an input element. */
  @Benchmark
  public float[] maxPool(Work work) {
    for (int plane = 0; plane < PLANES; plane++) {
      routines.maxPool(table, x, plane * IN_SIZE, y, plane * OUT_SIZE);
    }
    work.add(x.length);
    return y;
  }

  /** Backward; an operation is an input element. */
  @Benchmark
  public float[] maxPoolGradient(Work work) {
    for (int plane = 0; plane < PLANES; plane++) {
      int at = plane * IN_SIZE;
      routines.maxPoolGradient(table, x, at, y, plane * OUT_SIZE, dx, at);
    }
    work.add(x.length);
    return dx;
  }
}
