package dev.vitrine.look.pixels;

import dev.vitrine.graph.Gradient;
import dev.vitrine.graph.Graph;
import dev.vitrine.inside.LayerProbe;
import dev.vitrine.nn.Model;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.Softmax;
import dev.vitrine.op.Value;
import dev.vitrine.plan.Compute;
import dev.vitrine.plan.Plan;
import dev.vitrine.plan.Planner;
import dev.vitrine.tensor.Shape;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A weighted sum of what a layer gives, and its gradient with respect to the network's input, for
 * any number of examples. The network is taken as it is used, by the engine's own backward pass.
 */
public final class UnitGradient {
  /** Examples at once: a block of lanes. */
  private static final int BATCH = 16;

  private static final String PICK = "pick";

  private final Shape output;
  private final Shape input;
  private final Value number;
  private final Value gradient;
  private final Plan plan;

  private UnitGradient(Model model, Model.Network network, Value of, Compute compute) {
    output = of.shape();
    input = model.input();
    Graph graph = network.graph();
    Value pick = graph.input(PICK, output);
    int[] axes = IntStream.range(0, output.rank()).toArray();
    number = graph.sum(graph.multiply(of, pick), axes);
    Value x =
        graph.values().stream()
            .filter(
                value -> value.op() instanceof Leaf.Input leaf && leaf.name().equals(Model.INPUT))
            .findFirst()
            .orElseThrow();
    Gradient all = Gradient.of(graph, graph.batchSum(number), List.of(x));
    gradient = all.of().get(x);
    plan =
        Planner.of(all.graph(), model.parameters())
            .outputs(number, gradient)
            .batchSize(BATCH)
            .plan(compute.kernels(), compute.workers());
  }

  /**
   * {@return of the network's scores: its output, or what its last softmax is of}
   *
   * @param model the network
   * @param compute what it runs on; it stays the caller's
   */
  public static UnitGradient ofScores(Model model, Compute compute) {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(compute, "compute");
    Model.Network network = model.inference();
    Value end = network.output();
    Value scores = end.op() instanceof Softmax ? end.inputs().getFirst() : end;
    return new UnitGradient(model, network, scores, compute);
  }

  /**
   * {@return of a layer}
   *
   * @param model the network
   * @param layer the path of one that computes something
   * @param compute what it runs on; it stays the caller's
   */
  public static UnitGradient ofLayer(Model model, String layer, Compute compute) {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(compute, "compute");
    Model.Network network = model.inference();
    Value value = LayerProbe.outputs(network.graph()).get(layer);
    return new UnitGradient(model, network, Objects.requireNonNull(value, layer), compute);
  }

  /** {@return the shape of what is summed} */
  public Shape output() {
    return output;
  }

  /** {@return the shape of an example} */
  public Shape input() {
    return input;
  }

  /**
   * What it comes to.
   *
   * @param values the sum, for each example
   * @param gradients with respect to the example's elements: {@code [example][element]}
   */
  public record Result(double[] values, float[][] gradients) {}

  /**
   * {@return the sums and their gradients} One thread after another may ask.
   *
   * @param weights of the elements of what is summed
   * @param examples {@code [example][element]}
   */
  public Result of(float[] weights, float[][] examples) {
    double[] values = new double[examples.length];
    float[][] gradients = new float[examples.length][];
    try {
      for (int from = 0; from < examples.length; from += BATCH) {
        int count = Math.min(BATCH, examples.length - from);
        for (int i = 0; i < count; i++) {
          plan.input(Model.INPUT, i, examples[from + i]);
          plan.input(PICK, i, weights);
        }
        plan.run(count);
        for (int i = 0; i < count; i++) {
          values[from + i] = plan.read(number, i)[0];
          gradients[from + i] = plan.read(gradient, i);
        }
      }
    } finally {
      plan.release();
    }
    return new Result(values, gradients);
  }

  /**
   * {@return weights that pick one unit: 1 for a number of a vector, the mean over the places of a
   * channel}
   *
   * @param unit the number or channel, from 0
   */
  public float[] unit(int unit) {
    float[] weights = new float[output.elements()];
    int plane = output.elements() / output.size(0);
    java.util.Arrays.fill(weights, unit * plane, (unit + 1) * plane, 1f / plane);
    return weights;
  }
}
