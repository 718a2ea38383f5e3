package dev.vitrine.bench.kernel;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.op.Elementary;
import dev.vitrine.op.Rectifier;
import dev.vitrine.op.Sigmoidal;
import dev.vitrine.op.Unary;
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

/** {@link Kernels#unary} and {@link Kernels#unaryGradient} on 16,384 elements. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgs = {"--add-modules", "jdk.incubator.vector"})
public class UnaryBenchmark {
  private static final int N = 16_384;

  @Param({"simd", "scalar"})
  private String kernels;

  @Param({"exp", "log", "sigmoid", "tanh", "softplus", "silu", "gelu", "geluTanh", "elu", "relu"})
  private String function;

  private Kernels routines;
  private Unary f;
  private float[] x;
  private float[] dy;
  private float[] y;

  /** Draws the numbers; a logarithm's are positive. */
  @Setup
  public void prepare() {
    routines = Pair.kernels(kernels);
    f =
        switch (function) {
          case "exp" -> new Elementary.Exp();
          case "log" -> new Elementary.Log();
          case "sigmoid" -> new Sigmoidal.Sigmoid();
          case "tanh" -> new Sigmoidal.Tanh();
          case "softplus" -> new Sigmoidal.Softplus();
          case "silu" -> new Sigmoidal.Silu();
          case "gelu" -> new Sigmoidal.Gelu();
          case "geluTanh" -> new Sigmoidal.GeluTanh();
          case "elu" -> new Rectifier.Elu(0.7);
          case "relu" -> new Rectifier.Relu();
          default -> throw new IllegalArgumentException(function);
        };
    x = Pair.numbers(N);
    dy = Pair.numbers(N);
    y = new float[N];
    for (int i = 0; i < N; i++) {
      x[i] = f instanceof Elementary.Log ? 1.5f + x[i] : 4 * x[i];
    }
  }

  /** Forward; an operation is an element. */
  @Benchmark
  public float[] unary(Work work) {
    routines.unary(f, x, 0, y, 0, N);
    work.add(N);
    return y;
  }

  /** Backward; an operation is an element. */
  @Benchmark
  public float[] unaryGradient(Work work) {
    routines.unaryGradient(f, x, 0, dy, 0, y, 0, N);
    work.add(N);
    return y;
  }
}
