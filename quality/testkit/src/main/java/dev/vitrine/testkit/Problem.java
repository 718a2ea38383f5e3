package dev.vitrine.testkit;

import dev.vitrine.graph.Gradient;
import dev.vitrine.graph.Graph;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.Value;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A case made ready: its graph, an objective that weighs every element of the output differently
 * (so that no element's derivative can hide behind another's), and the graph of the derivatives.
 *
 * @param forward the graph up to the objective
 * @param output the case's output
 * @param objective one shared number; {@code null} if only its values are checked
 * @param graph the forward graph and, behind it, its derivatives
 * @param wanted the leaves to differentiate by
 * @param gradients from a wanted leaf to its gradient; a leaf without influence is absent
 * @param points where each leaf's numbers come from
 */
public record Problem(
    GraphCase of,
    Graph forward,
    Value output,
    Value objective,
    Graph graph,
    List<Value> wanted,
    Map<Value, Value> gradients,
    Map<String, Points> points) {
  /** Builds a case. */
  public static Problem of(GraphCase c) {
    CaseBuilder builder = new CaseBuilder();
    Value y = c.body().build(builder);
    List<Value> wanted = List.copyOf(builder.wanted());
    if (c.scope() == GraphCase.Scope.VALUES) {
      return new Problem(
          c, builder.graph(), y, null, builder.graph(), List.of(), Map.of(), builder.points());
    }
    Value objective = objective(builder, y);
    Graph forward = new Graph(builder.graph());
    Gradient gradient = Gradient.of(forward, objective, wanted);
    return new Problem(
        c, forward, y, objective, gradient.graph(), wanted, gradient.of(), builder.points());
  }

  private static Value objective(CaseBuilder g, Value y) {
    int[] sizes = y.shape().sizes();
    Points probe = Points.between(0.5, 2);
    return y.perExample()
        ? g.batchMean(g.sum(g.multiply(y, g.data(probe, sizes))))
        : g.sum(g.multiply(y, g.sharedData(probe, sizes)));
  }

  /** The shapes of the parameters by name, in order, then those of the buffers. */
  public Map<String, Shape> parameterShapes() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    forward.parameters().forEach(p -> shapes.put(p.name(), p.shape()));
    for (Value value : forward.values()) {
      if (value.op() instanceof Leaf.Buffer buffer) {
        shapes.put(buffer.name(), buffer.shape());
      }
    }
    return shapes;
  }

  /** The inputs, in order. */
  public List<Leaf.Input> inputs() {
    List<Leaf.Input> inputs = new ArrayList<>();
    for (Value value : forward.values()) {
      if (value.op() instanceof Leaf.Input input) {
        inputs.add(input);
      }
    }
    return inputs;
  }

  /** Numbers for all leaves, drawn from a seed; every one is exactly a {@code float}. */
  public Numbers numbers(Seed seed, int batchSize) {
    Map<String, double[][]> given = new LinkedHashMap<>();
    for (Leaf.Input input : inputs()) {
      double[][] examples = new double[batchSize][];
      for (int n = 0; n < batchSize; n++) {
        examples[n] = draw(input.name(), seed, n, input.shape().elements());
      }
      given.put(input.name(), examples);
    }
    Map<String, double[]> learned = new LinkedHashMap<>();
    parameterShapes()
        .forEach((name, shape) -> learned.put(name, draw(name, seed, 0, shape.elements())));
    return new Numbers(given, learned);
  }

  private double[] draw(String leaf, Seed seed, int example, int elements) {
    double[] drawn = new double[elements];
    for (int i = 0; i < elements; i++) {
      drawn[i] = (float) points.get(leaf).draw(seed.stream(leaf, example), i);
    }
    return drawn;
  }
}
