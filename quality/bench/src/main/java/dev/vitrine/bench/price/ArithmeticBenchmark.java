package dev.vitrine.bench.price;

import dev.vitrine.kernel.FloatMath;
import dev.vitrine.kernel.KernelChoice;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.Lanes;
import dev.vitrine.op.Elementary;
import dev.vitrine.op.Unary;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds an element: own functions, fixed sums and addressed random numbers, and others. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(ArithmeticBenchmark.N)
@Fork(
    value = 2,
    jvmArgs = {"--add-modules", "jdk.incubator.vector"})
public class ArithmeticBenchmark {
  static final int N = 4096;
  private static final int LANES = Kernels.LANES;

  private final Kernels kernels = KernelChoice.best().kernels();
  private final Unary exp = new Elementary.Exp();
  private final RandomStream stream = Seed.of(1).stream("price");
  private final SplittableRandom sequential = new SplittableRandom(1);
  private final float[] x = numbers();
  private final float[] y = new float[N];

  private static float[] numbers() {
    RandomStream random = Seed.of(2).stream("price");
    float[] numbers = new float[N];
    for (int i = 0; i < N; i++) {
      numbers[i] = (float) random.uniform(i, -4, 4);
    }
    return numbers;
  }

  /** The exponential as the kernels compute it, on vectors. */
  @Benchmark
  public float[] expOwnVectors() {
    kernels.unary(exp, x, 0, y, 0, N);
    return y;
  }

  /** The exponential of our own, one by one. */
  @Benchmark
  public float[] expOwnScalar() {
    for (int i = 0; i < N; i++) {
      y[i] = FloatMath.exp(x[i]);
    }
    return y;
  }

  /** The exponential of the JDK. */
  @Benchmark
  public float[] expOfJdk() {
    for (int i = 0; i < N; i++) {
      y[i] = (float) Math.exp(x[i]);
    }
    return y;
  }

  /** The hyperbolic tangent of our own, one by one. */
  @Benchmark
  public float[] tanhOwnScalar() {
    for (int i = 0; i < N; i++) {
      y[i] = FloatMath.tanh(x[i]);
    }
    return y;
  }

  /** The hyperbolic tangent of the JDK. */
  @Benchmark
  public float[] tanhOfJdk() {
    for (int i = 0; i < N; i++) {
      y[i] = (float) Math.tanh(x[i]);
    }
    return y;
  }

  /** Sums across the lanes by the fixed tree. */
  @Benchmark
  public float[] lanesByTree() {
    for (int i = 0; i < N; i += LANES) {
      y[i] = Lanes.sum(x, i);
    }
    return y;
  }

  /** Sums across the lanes from the first to the last. */
  @Benchmark
  public float[] lanesInOrder() {
    for (int i = 0; i < N; i += LANES) {
      float sum = 0;
      for (int lane = 0; lane < LANES; lane++) {
        sum += x[i + lane];
      }
      y[i] = sum;
    }
    return y;
  }

  /** Uniform numbers by their index. */
  @Benchmark
  public double uniformByCounter() {
    double sum = 0;
    for (int i = 0; i < N; i++) {
      sum += stream.uniform(i);
    }
    return sum;
  }

  /** Uniform numbers one after the other. */
  @Benchmark
  public double uniformInSequence() {
    double sum = 0;
    for (int i = 0; i < N; i++) {
      sum += sequential.nextDouble();
    }
    return sum;
  }
}
