package dev.vitrine.nn;

import dev.vitrine.graph.Graph;
import dev.vitrine.op.Op;
import dev.vitrine.op.Ops;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What layers add themselves to: a graph, its mode, and the parameters asked for so far. */
public final class NetworkBuilder implements Ops {
  private final Graph graph;
  private final Mode mode;
  private final List<ParameterSpec> parameters = new ArrayList<>();
  private final List<RunningStatistics> statistics = new ArrayList<>();
  private final Map<String, Layer> layers = new LinkedHashMap<>();

  /** A builder on a graph. */
  public NetworkBuilder(Graph graph, Mode mode) {
    this.graph = graph;
    this.mode = mode;
  }

  /** The graph. */
  Graph graph() {
    return graph;
  }

  /** What the graph is for. */
  public Mode mode() {
    return mode;
  }

  /** The parameters and buffers asked for, in order. */
  public List<ParameterSpec> parameters() {
    return Collections.unmodifiableList(parameters);
  }

  @Override
  public Value apply(Op op, Value... inputs) {
    return graph.apply(op, inputs);
  }

  /**
   * Adds a parameter of the current layer.
   *
   * @param local its name within the layer: {@code weight}, {@code bias}
   * @param fanIn how many inputs each output sums over
   * @param fanOut how many outputs each input reaches
   */
  public Value parameter(
      String local, Shape shape, ParameterSpec.Role role, int fanIn, int fanOut) {
    String name = name(local);
    parameters.add(new ParameterSpec(name, shape, role, fanIn, fanOut));
    return graph.parameter(name, shape);
  }

  /**
   * Adds a buffer of the current layer: numbers that are kept with the parameters, but not learned.
   *
   * @param local its name within the layer
   */
  public Value buffer(String local, Shape shape, ParameterSpec.Role role) {
    String name = name(local);
    parameters.add(new ParameterSpec(name, shape, role, 1, 1));
    return graph.buffer(name, shape);
  }

  /** The full name of something that the current layer calls {@code local}. */
  String name(String local) {
    return scope().isEmpty() ? local : scope() + "." + local;
  }

  /** States that buffers follow the statistics of the batches of a training. */
  void track(RunningStatistics running) {
    statistics.add(running);
  }

  /** The buffers to bring up to date after each step of a training. */
  List<RunningStatistics> statistics() {
    return Collections.unmodifiableList(statistics);
  }

  /** The path of the current layer; empty outside any. */
  public String scope() {
    return graph.scope();
  }

  /** Adds a layer as a named part of the current one. */
  public Value add(String name, Layer layer, Value x) {
    return graph.within(
        name,
        () -> {
          layers.put(scope(), layer);
          return layer.apply(this, x);
        });
  }

  /** The layers added by {@link #add}, by their paths, in order. */
  public Map<String, Layer> layers() {
    return Collections.unmodifiableMap(layers);
  }
}
