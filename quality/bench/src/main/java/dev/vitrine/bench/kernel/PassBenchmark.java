package dev.vitrine.bench.kernel;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.LinearMap;
import dev.vitrine.kernel.LinearPass;
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

/**
 * {@link Kernels#linear}, {@link Kernels#transpose} and {@link Kernels#sum}, in the second cache.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgs = {"--add-modules", "jdk.incubator.vector"})
public class PassBenchmark {
  private static final int LANES = Kernels.LANES;
  private static final int SIZE = 8;

  /** Applications of the matrix: columns of an image, or vectors to add. */
  private static final int COLUMNS = 240;

  @Param({"simd", "scalar"})
  private String kernels;

  private Kernels routines;
  private LinearPass pass;
  private float[] x;
  private float[] y;

  /** Draws the numbers; the matrix is full, and its numbers are not 0 or ±1. */
  @Setup
  public void prepare() {
    routines = Pair.kernels(kernels);
    double[][] matrix = new double[SIZE][SIZE];
    for (int i = 0; i < SIZE; i++) {
      for (int j = 0; j < SIZE; j++) {
        matrix[i][j] = 0.25 + i - 0.5 * j;
      }
    }
    int row = COLUMNS * LANES;
    LinearPass.Store set = LinearPass.Store.SET;
    LinearMap map = new LinearMap(new double[][][] {matrix});
    pass = new LinearPass(map, set, row, row, COLUMNS, LANES, LANES, 0, 0);
    x = Pair.numbers(SIZE * row);
    y = new float[x.length];
  }

  /** A matrix of 8 × 8; an operation is a floating-point operation. */
  @Benchmark
  public float[] linear(Work work) {
    routines.linear(pass, 1, x, 0, null, 0, 0, y, 0);
    work.add(2L * SIZE * x.length);
    return y;
  }

  /** 120 by 256 numbers; an operation is a number. */
  @Benchmark
  public float[] transpose(Work work) {
    int rows = x.length / 256;
    routines.transpose(rows, 256, x, 0, 256, y, 0, rows);
    work.add(x.length);
    return y;
  }

  /** An operation is a number. */
  @Benchmark
  public float[] sum(Work work) {
    routines.sum(x, 0, LANES, x.length / LANES, y);
    work.add(x.length);
    return y;
  }
}
