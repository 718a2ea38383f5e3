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

/** {@link Kernels#fmaChains}: the ceiling of the others, GFLOP/s. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgs = {"--add-modules", "jdk.incubator.vector"})
public class CeilingBenchmark {
  @Param({"simd", "scalar"})
  private String kernels;

  private Kernels routines;
  private final float[] sink = new float[Kernels.LANES];

  /** Chooses the kernels. */
  @Setup
  public void prepare() {
    routines = Pair.kernels(kernels);
  }

  /** Fused multiply-adds in registers. */
  @Benchmark
  public float[] fmaChains(Work work) {
    work.add(routines.fmaChains(10_000, sink));
    return sink;
  }
}
