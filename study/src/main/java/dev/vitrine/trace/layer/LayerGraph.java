package dev.vitrine.trace.layer;

import dev.vitrine.error.UserException;
import dev.vitrine.graph.Gradient;
import dev.vitrine.graph.Graph;
import dev.vitrine.graph.Interpreter;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.NetworkBuilder;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.op.Value;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A layer in the engine's graph, as in training, with the objective {@code Σ dy ∘ y}: its gradient
 * is what the layer hands back of dy.
 */
final class LayerGraph {
  static final String X = "x";
  static final String DY = "dy";

  private static final int MOST = 4096;

  private final Graph graph = new Graph();
  private final Value y;
  private final long seed;
  private final Map<String, Value> leaves = new LinkedHashMap<>();
  private final Map<String, Shape> shapes = new LinkedHashMap<>();
  private final Gradient gradient;

  LayerGraph(Layer layer, Shape input, long seed) {
    this.seed = seed;
    NetworkBuilder builder = new NetworkBuilder(graph, Mode.TRAINING);
    y = builder.build(layer, input);
    if ((long) y.shape().elements() * input.elements() > MOST) {
      throw new UserException(
          "A layer is shown by its whole Jacobian, of at most %s numbers, but that of %s → %s has %s: use a smaller input"
              .formatted(MOST, input, y.shape(), (long) y.shape().elements() * input.elements()));
    }
    leaf(X, graph.values().getFirst());
    for (ParameterSpec spec : builder.parameters()) {
      String name = spec.name();
      leaf(name, graph.values().stream().filter(v -> isNamed(v, name)).findFirst().orElseThrow());
    }
    Value dy = graph.input(DY, y.shape());
    shapes.put(DY, y.shape());
    Value objective = graph.batchSum(graph.sum(graph.multiply(y, dy)));
    gradient = Gradient.of(graph, objective, leaves.values());
  }

  private static boolean isNamed(Value value, String name) {
    return value.op() instanceof dev.vitrine.op.Leaf.Parameter p && p.name().equals(name);
  }

  private void leaf(String name, Value value) {
    leaves.put(name, value);
    shapes.put(name, value.shape());
  }

  /** Of x, all parameters and dy. */
  Map<String, Shape> shapes() {
    return shapes;
  }

  List<String> parameters() {
    List<String> names = new ArrayList<>(leaves.keySet());
    names.remove(X);
    return names;
  }

  /** What computes, without leaves and the objective; the last is the layer's output. */
  List<Value> operations() {
    return graph.values().stream().filter(v -> v.id() <= y.id() && !v.inputs().isEmpty()).toList();
  }

  /** The forward graph alone, for difference quotients. */
  double[] output(Map<String, double[]> numbers) {
    return run(graph, numbers).of(y, 0);
  }

  private Interpreter.Values run(Graph of, Map<String, double[]> numbers) {
    Interpreter interpreter = new Interpreter(1, 0, Seed.of(seed));
    interpreter.input(Model.INPUT, numbers.get(X)).input(DY, numbers.get(DY));
    parameters().forEach(name -> interpreter.parameter(name, numbers.get(name)));
    return interpreter.run(of);
  }

  /** By the engine's backward pass: the gradient of each leaf. */
  Map<String, double[]> gradients(Map<String, double[]> numbers) {
    Interpreter.Values run = run(gradient.graph(), numbers);
    Map<String, double[]> found = new LinkedHashMap<>();
    leaves.forEach((name, leaf) -> {
      Value value = gradient.of().get(leaf);
      found.put(name, value == null ? new double[leaf.shape().elements()] : run.of(value, 0));
    });
    return found;
  }

  /** By the engine's backward pass, one output after another. */
  Map<String, Jacobian> jacobians(Map<String, double[]> numbers) {
    int outputs = y.shape().elements();
    Map<String, double[][]> rows = new LinkedHashMap<>();
    leaves.keySet().forEach(name -> rows.put(name, new double[outputs][]));
    Map<String, double[]> at = new LinkedHashMap<>(numbers);
    for (int k = 0; k < outputs; k++) {
      double[] one = new double[outputs];
      one[k] = 1;
      at.put(DY, one);
      int row = k;
      gradients(at).forEach((name, g) -> rows.get(name)[row] = g);
    }
    Map<String, Jacobian> jacobians = new LinkedHashMap<>();
    rows.forEach((name, all) ->
        jacobians.put(name, new Jacobian("y", name, y.shape(), shapes.get(name), all)));
    return jacobians;
  }

  /** Which inputs reach which outputs for some numbers of many. */
  Reach reach(int rounds) {
    int outputs = y.shape().elements();
    boolean[][] reaches = new boolean[outputs][shapes.get(X).elements()];
    for (int round = 0; round < rounds; round++) {
      double[][] rows = jacobians(Sample.generic(shapes, round)).get(X).rows();
      for (int k = 0; k < outputs; k++) {
        for (int i = 0; i < rows[k].length; i++) {
          reaches[k][i] |= rows[k][i] != 0;
        }
      }
    }
    return new Reach(y.shape(), shapes.get(X), reaches);
  }

  Shape output() {
    return y.shape();
  }
}
