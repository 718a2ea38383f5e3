package dev.vitrine.bench.kernel;

import dev.vitrine.kernel.HalfLayer;
import dev.vitrine.kernel.Halves;
import dev.vitrine.kernel.Kernels;
import java.util.Arrays;
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

/** {@link Kernels#halves}: dense layers of few examples, whose weights have 16 bits. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgs = {"--add-modules", "jdk.incubator.vector"})
public class HalvesBenchmark {
  private static final int LANES = Kernels.LANES;

  @Param({"simd", "scalar"})
  private String kernels;

  @Param({"F16", "BF16"})
  private Halves.Format format;

  /** LeNet's first dense layer, whose weights stay near, and one whose come from memory. */
  @Param({"800x500", "4096x4096"})
  private String shape;

  /** Examples. */
  @Param({"1", "8"})
  private int rows;

  private Kernels routines;
  private HalfLayer layer;
  private float[] x;
  private float[] y;
  private int vectors;

  /** Draws the numbers. */
  @Setup
  public void prepare() {
    routines = Pair.kernels(kernels);
    int terms = Integer.parseInt(shape.substring(0, shape.indexOf('x')));
    int outputs = Integer.parseInt(shape.substring(shape.indexOf('x') + 1));
    float[] weights = Pair.numbers(outputs * terms);
    for (int i = 0; i < weights.length; i++) {
      weights[i] =
          format == Halves.Format.F16
              ? Float.float16ToFloat(Float.floatToFloat16(weights[i]))
              : Float.intBitsToFloat(Float.floatToRawIntBits(weights[i]) & 0xffff0000);
    }
    vectors = Math.ceilDiv(outputs, LANES);
    int[] xTerm = new int[terms];
    Arrays.setAll(xTerm, t -> t);
    layer =
        new HalfLayer(
            Halves.of(weights, 0, outputs, terms).orElseThrow(),
            xTerm,
            Pair.numbers(vectors * LANES),
            Float.NEGATIVE_INFINITY);
    x = Pair.numbers(rows * terms);
    y = new float[rows * vectors * LANES];
  }

  /** All outputs of all rows. */
  @Benchmark
  public float[] halves(Work work) {
    int terms = layer.weights().terms();
    routines.halves(layer, 0, vectors, rows, x, 0, terms, y, 0, vectors * LANES);
    work.add(2L * rows * vectors * LANES * terms);
    return y;
  }
}
