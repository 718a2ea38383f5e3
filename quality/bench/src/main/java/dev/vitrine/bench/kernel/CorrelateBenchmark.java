package dev.vitrine.bench.kernel;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.Offsets;
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

/** {@link Kernels#correlate}: the weight gradient of LeNet's second convolution, one block. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgs = {"--add-modules", "jdk.incubator.vector"})
public class CorrelateBenchmark {
  private static final int LANES = Kernels.LANES;
  private static final int IN = 20;
  private static final int OUT = 50;
  private static final int KERNEL = 5;
  private static final int SIDE = 12;
  private static final int OUT_SIDE = 8;
  private static final int ROWS = 4;

  @Param({"simd", "scalar"})
  private String kernels;

  private Kernels routines;
  private final int[] dyAt = new int[OUT_SIDE * OUT_SIDE];
  private final int[] xAt = new int[dyAt.length];
  private final int[] tap = new int[KERNEL * KERNEL];
  private Offsets dyOffsets;
  private Offsets xOffsets;
  private float[] dy;
  private float[] x;
  private float[] acc;

  /** Draws the numbers. */
  @Setup
  public void prepare() {
    routines = Pair.kernels(kernels);
    for (int p = 0; p < dyAt.length; p++) {
      dyAt[p] = p * LANES;
      xAt[p] = (p / OUT_SIDE * SIDE + p % OUT_SIDE) * LANES;
    }
    dyOffsets = Offsets.of(dyAt);
    xOffsets = Offsets.of(xAt);
    for (int t = 0; t < tap.length; t++) {
      tap[t] = (t / KERNEL * SIDE + t % KERNEL) * LANES;
    }
    dy = Pair.numbers(OUT * dyAt.length * LANES);
    x = Pair.numbers(IN * SIDE * SIDE * LANES);
    acc = new float[ROWS * tap.length * LANES];
  }

  /** All pairs of an input channel and four output channels. */
  @Benchmark
  public float[] correlate(Work work) {
    int plane = dyAt.length * LANES;
    java.util.Arrays.fill(acc, 0); // sums would grow without end
    for (int row = 0; row < OUT; row += ROWS) {
      int rows = Math.min(ROWS, OUT - row);
      for (int c = 0; c < IN; c++) {
        int channel = c * SIDE * SIDE * LANES;
        routines.correlate(
            rows, dy, row * plane, plane, dyOffsets, x, channel, xOffsets, tap, acc, 0);
      }
    }
    work.add(2L * OUT * IN * tap.length * plane);
    return acc;
  }
}
