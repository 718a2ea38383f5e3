package dev.vitrine.trace.network;

import dev.vitrine.graph.Gradient;
import dev.vitrine.graph.Graph;
import dev.vitrine.graph.Interpreter;
import dev.vitrine.inside.LayerProbe;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.Value;
import dev.vitrine.plan.Compute;
import dev.vitrine.plan.Plan;
import dev.vitrine.plan.Planner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** A network in the engine's graph, with the loss of one example and its gradients. */
final class NetworkGraph {
  /** MACs up to which it is computed in double precision: about a second. */
  private static final long PRECISE = 60_000_000;

  private final NetworkQuestion question;
  private final Graph graph;
  private final Value output;
  private final Value loss;
  private final Map<String, Value> places;
  private final Map<String, Value> parameters = new LinkedHashMap<>();
  private final Gradient gradient;

  NetworkGraph(NetworkQuestion question) {
    this.question = question;
    Model.Network network = question.model().inference();
    graph = network.graph();
    output = network.output();
    places = new LinkedHashMap<>();
    for (Value value : graph.values()) {
      if (value.op() instanceof Leaf.Input) {
        places.put(Model.INPUT, value);
      } else if (value.op() instanceof Leaf.Parameter leaf) {
        parameters.put(leaf.name(), value);
      }
    }
    places.putAll(LayerProbe.outputs(graph));
    loss = graph.batchMean(network.loss(question.loss()));
    Set<Value> wanted = new LinkedHashSet<>(places.values());
    wanted.addAll(parameters.values());
    parameters.values().forEach(leaf -> wanted.addAll(WeightUses.of(graph, leaf).fronts()));
    gradient = Gradient.of(graph, loss, wanted);
  }

  Graph graph() {
    return graph;
  }

  Value loss() {
    return loss;
  }

  Value output() {
    return output;
  }

  /** The input and the layers' last values, by their paths, in order. */
  Map<String, Value> places() {
    return places;
  }

  /** The learned ones, by their names. */
  Map<String, Value> parameters() {
    return parameters;
  }

  /** The gradient's value of one of the forward graph; null if the loss does not depend on it. */
  Value gradientOf(Value value) {
    return gradient.of().get(value);
  }

  /** Whether it is small enough for double precision. */
  boolean precise() {
    return graph.values().stream().mapToLong(NetworkGraph::macs).sum() <= PRECISE;
  }

  private static long macs(Value value) {
    return value.inputs().isEmpty() ? 0 : value.cost().macs();
  }

  /** An interpreter that was given all of the example's numbers. */
  Interpreter interpreter() {
    Interpreter interpreter = new Interpreter(1);
    interpreter.input(Model.INPUT, question.input()).input(Model.TARGET, question.target());
    for (ParameterSpec spec : question.model().specs()) {
      interpreter.parameter(spec.name(), doubles(question.model().parameters().get(spec.name())));
    }
    return interpreter;
  }

  /** All numbers of the example, in double or single precision. */
  Function<Value, double[]> run() {
    if (precise()) {
      Interpreter.Values values = interpreter().run(gradient.graph());
      return value -> values.of(value, 0);
    }
    return planned();
  }

  private Function<Value, double[]> planned() {
    List<Value> read = new ArrayList<>(places.values());
    parameters.values().forEach(leaf -> read.addAll(WeightUses.of(graph, leaf).operands()));
    read.addAll(gradient.of().values());
    read.add(loss);
    read.add(output);
    Set<Value> computed = new LinkedHashSet<>(read);
    computed.removeIf(value -> value.op() instanceof Leaf);
    Map<Value, double[]> found = new LinkedHashMap<>();
    try (Compute compute = Compute.best()) {
      Plan plan =
          Planner.of(gradient.graph(), question.model().parameters())
              .outputs(computed.toArray(Value[]::new))
              .batchSize(1)
              .plan(compute.kernels(), compute.workers());
      plan.input(Model.INPUT, 0, floats(question.input()));
      plan.input(Model.TARGET, 0, floats(question.target()));
      plan.run(1);
      computed.forEach(value -> found.put(value, doubles(plan.read(value, 0))));
    }
    return value ->
        switch (value.op()) {
          case Leaf.Input leaf ->
              leaf.name().equals(Model.INPUT) ? question.input() : question.target();
          case Leaf.Parameter leaf -> doubles(question.model().parameters().get(leaf.name()));
          case Leaf.Buffer leaf -> doubles(question.model().parameters().get(leaf.name()));
          default -> found.get(value);
        };
  }

  static double[] doubles(float... numbers) {
    double[] all = new double[numbers.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = numbers[i];
    }
    return all;
  }

  private static float[] floats(double... numbers) {
    float[] all = new float[numbers.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = (float) numbers[i];
    }
    return all;
  }
}
