package dev.vitrine.bench.kernel;

import dev.vitrine.graph.Graph;
import dev.vitrine.op.BatchNorm;
import dev.vitrine.op.ChannelSum;
import dev.vitrine.op.Value;
import dev.vitrine.plan.Plan;
import dev.vitrine.plan.Planner;
import dev.vitrine.plan.Workers;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A batch normalisation's steps in a plan of 64 examples, on the shapes of W6's stages. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgs = {"--add-modules", "jdk.incubator.vector"})
public class BatchNormBenchmark {
  private static final int BATCH = 64;
  private static final double EPS = 1e-5;

  @Param({"simd", "scalar"})
  private String kernels;

  @Param({"64x16x16", "64x8x8", "128x4x4", "256x2x2", "512x1x1"})
  private String shape;

  @Param("1")
  private int threads;

  private Workers team;
  private Plan forward;
  private Plan backward;
  private int elements;

  /** Plans both passes; the backward one is given the statistics. */
  @Setup
  public void prepare() {
    int[] sizes = Arrays.stream(shape.split("x", -1)).mapToInt(Integer::parseInt).toArray();
    Shape image = Shape.of(sizes);
    Shape channels = Shape.of(sizes[0]);
    elements = image.elements();
    team = new Workers(threads);
    Map<String, Shape> names = new LinkedHashMap<>();
    for (String name : new String[] {"weight", "bias", "mean", "variance"}) {
      names.put(name, channels);
    }
    Parameters parameters = Parameters.zeros(Layout.of(names));
    Arrays.fill(parameters.values(), 0.75f);
    forward = forward(image, channels, parameters);
    backward = backward(image, channels, parameters);
  }

  private Plan forward(Shape image, Shape channels, Parameters parameters) {
    Graph graph = new Graph();
    Value x = graph.input("x", image);
    Value weight = graph.parameter("weight", channels);
    Value bias = graph.parameter("bias", channels);
    Value mean = graph.apply(new ChannelSum.Mean(), x);
    Value variance = graph.apply(new ChannelSum.Variance(), x, mean);
    Value y = graph.apply(new BatchNorm(EPS, true), x, mean, variance, weight, bias);
    return filled(Planner.of(graph, parameters).outputs(y), "x");
  }

  private Plan backward(Shape image, Shape channels, Parameters parameters) {
    Graph graph = new Graph();
    Value x = graph.input("x", image);
    Value dy = graph.input("dy", image);
    Value weight = graph.parameter("weight", channels);
    Value mean = graph.parameter("mean", channels);
    Value variance = graph.parameter("variance", channels);
    Value dw = graph.apply(new ChannelSum.WeightGradient(EPS), x, mean, variance, dy);
    Value db = graph.apply(new ChannelSum.BiasGradient(), dy);
    Value dx = graph.apply(new BatchNorm.InputGradient(EPS), x, mean, variance, weight, dw, db, dy);
    return filled(Planner.of(graph, parameters).outputs(dx, dw, db), "x", "dy");
  }

  private Plan filled(Planner planner, String... inputs) {
    Plan plan = planner.batchSize(BATCH).plan(Pair.kernels(kernels), team);
    for (String input : inputs) {
      for (int i = 0; i < BATCH; i++) {
        plan.input(input, i, Pair.numbers(elements));
      }
    }
    return plan;
  }

  /** Mean, variance, normalisation; an operation is an element. */
  @Benchmark
  public Plan forward(Work work) {
    return run(forward, work);
  }

  /** The gradients of scale, shift and input; an operation is an element. */
  @Benchmark
  public Plan backward(Work work) {
    return run(backward, work);
  }

  private Plan run(Plan plan, Work work) {
    plan.run(BATCH, 0, Seed.of(1));
    work.add((long) BATCH * elements);
    return plan;
  }

  /** Ends the threads. */
  @TearDown
  public void end() {
    team.close();
  }
}
