package dev.vitrine.testkit;

import dev.vitrine.graph.Graph;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.NetworkBuilder;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.Op;
import dev.vitrine.op.Ops;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What a case adds itself to: a graph, and for each of its leaves where the numbers come from. */
public final class CaseBuilder implements Ops {
  private final Graph graph = new Graph();
  private final Map<String, Points> points = new LinkedHashMap<>();
  private final Set<Value> wanted = new LinkedHashSet<>();

  CaseBuilder() {}

  @Override
  public Value apply(Op op, Value... inputs) {
    return graph.apply(op, inputs);
  }

  /** A value per example, standard normal, whose gradient is checked. */
  public Value input(int... sizes) {
    return input(Points.normal(), sizes);
  }

  /** A value per example whose gradient is checked. */
  public Value input(Points from, int... sizes) {
    Value x = data(from, sizes);
    wanted.add(x);
    return x;
  }

  /** A value per example without a gradient, such as a label. */
  public Value data(Points from, int... sizes) {
    String name = "x" + points.size();
    points.put(name, from);
    return graph.input(name, Shape.of(sizes));
  }

  /** A shared value, normal with deviation ½, whose gradient is checked. */
  public Value parameter(int... sizes) {
    return parameter(Points.normal(0.5), sizes);
  }

  /** A shared value whose gradient is checked. */
  public Value parameter(Points from, int... sizes) {
    Value p = sharedData(from, sizes);
    wanted.add(p);
    return p;
  }

  /** A shared value whose gradient is not asked for. */
  public Value sharedData(Points from, int... sizes) {
    String name = "p" + points.size();
    points.put(name, from);
    return graph.parameter(name, Shape.of(sizes));
  }

  /** A shared value that is carried, not learned. */
  public Value buffer(Points from, int... sizes) {
    String name = "b" + points.size();
    points.put(name, from);
    return graph.buffer(name, Shape.of(sizes));
  }

  /**
   * Adds a layer as for training; its parameters are wanted, with deviation 0.4. What auxiliary
   * heads put out is added up and onto each element, by their weights.
   */
  public Value layer(Layer layer, Value x) {
    int before = graph.values().size();
    NetworkBuilder network = new NetworkBuilder(graph, Mode.TRAINING);
    Value y = layer.apply(network, x);
    for (NetworkBuilder.Head head : network.heads()) {
      y = add(y, scale(sum(head.output()), head.weight()));
    }
    for (Value value : graph.values().subList(before, graph.values().size())) {
      if (value.op() instanceof Leaf.Parameter parameter) {
        points.put(parameter.name(), Points.normal(0.4));
        wanted.add(value);
      }
    }
    return y;
  }

  Graph graph() {
    return graph;
  }

  Map<String, Points> points() {
    return points;
  }

  Set<Value> wanted() {
    return wanted;
  }
}
