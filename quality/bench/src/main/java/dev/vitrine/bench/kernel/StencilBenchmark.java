package dev.vitrine.bench.kernel;

import dev.vitrine.kernel.Kernels;
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

/** {@link Kernels#stencil}: convolutions and dense layers, forward and backward. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgs = {"--add-modules", "jdk.incubator.vector"})
public class StencilBenchmark {
  @Param({"simd", "scalar"})
  private String kernels;

  @Param({"convolution", "convolutionInputGradient", "dense", "denseWeightGradient"})
  private String shape;

  private Kernels routines;
  private Shapes s;
  private float[] w;
  private float[] x;
  private float[] y;

  /** Draws the numbers. */
  @Setup
  public void prepare() {
    routines = Pair.kernels(kernels);
    s = Shapes.of(shape);
    w = Pair.numbers(s.w());
    x = Pair.numbers(s.x());
    y = new float[s.y()];
  }

  /** All rows of the layer, as many to a call as the planner takes. */
  @Benchmark
  public float[] stencil(Work work) {
    for (int row = 0; row < s.allRows(); row += s.rows()) {
      routines.stencil(
          s.stencil(),
          0,
          s.stencil().tiles(),
          s.rows(),
          Integer.MAX_VALUE,
          w,
          row * s.wRow(),
          s.wRow(),
          x,
          0,
          null,
          0,
          Float.NEGATIVE_INFINITY,
          y,
          row * s.yRow(),
          s.yRow());
    }
    work.add(s.flops());
    return y;
  }
}
