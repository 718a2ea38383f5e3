package dev.vitrine.nn;

import dev.vitrine.error.UserException;
import dev.vitrine.graph.Graph;
import dev.vitrine.op.Op;
import dev.vitrine.op.Ops;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;

/** What layers add themselves to: a graph, its mode, and the parameters asked for so far. */
public final class NetworkBuilder implements Ops {
  private final Graph graph;
  private final Mode mode;
  private final List<ParameterSpec> parameters = new ArrayList<>();
  private final List<RunningStatistics> statistics = new ArrayList<>();
  private final List<Head> heads = new ArrayList<>();
  private final Register register = new Register();

  /** Whether the layers that are added are those of before, by {@link #again}. */
  private boolean repeating;

  /** The path of the innermost layer that could not be added. */
  private String unfit = "";

  /**
   * A second output; see {@link Auxiliary}.
   *
   * @param path that of its layer
   * @param output its value in the graph
   * @param weight how much its loss counts in training
   */
  public record Head(String path, Value output, double weight) {
    /** Refuses {@code null}. */
    public Head {
      Objects.requireNonNull(path, "path");
      Objects.requireNonNull(output, "output");
    }
  }

  /**
   * A builder on a graph.
   *
   * @param graph where the layers' values are added
   * @param mode what the graph is for
   */
  public NetworkBuilder(Graph graph, Mode mode) {
    Objects.requireNonNull(graph, "graph");
    Objects.requireNonNull(mode, "mode");
    this.graph = graph;
    this.mode = mode;
  }

  /** {@return the graph} */
  public Graph graph() {
    return graph;
  }

  /** {@return what the graph is for} */
  public Mode mode() {
    return mode;
  }

  /** {@return the parameters and buffers asked for, in order} */
  public List<ParameterSpec> parameters() {
    return Collections.unmodifiableList(parameters);
  }

  @Override
  public Value apply(Op op, Value... inputs) {
    return graph.apply(op, inputs);
  }

  /**
   * Adds a parameter of the current layer; of a role that is not learned, it is a buffer.
   *
   * @param local its name within the layer: {@code weight}, {@code bias}
   * @param shape the shape of the value
   * @param role what it is to its layer
   * @param fanIn how many inputs each output sums over
   * @param fanOut how many outputs each input reaches
   * @return its value in the graph
   * @throws UserException if there is one of that name already
   */
  public Value parameter(
      String local, Shape shape, ParameterSpec.Role role, int fanIn, int fanOut) {
    return stored(
        new ParameterSpec(name(local), shape, role, fanIn, fanOut),
        role.learned() ? graph::parameter : graph::buffer);
  }

  /**
   * Adds numbers of the current layer that are given, not learned: no gradient, no update, no
   * decay, but saved and loaded as the learned ones. Numbers that are the same in every model can
   * be a {@linkplain Ops#constant(Shape, double...) constant} of the graph instead.
   *
   * @param local its name within the layer
   * @param shape the shape of the value
   * @param start how they start, such as {@link Initializer#values}
   * @return its value in the graph
   * @throws UserException if there is a parameter or buffer of that name already
   */
  public Value fixed(String local, Shape shape, Initializer start) {
    Objects.requireNonNull(start, "start");
    ParameterSpec.Role role = ParameterSpec.Role.FIXED;
    return stored(
        new ParameterSpec(name(local), shape, role, 1, 1, Optional.of(start)), graph::buffer);
  }

  /**
   * Adds a buffer of the current layer: numbers that are kept with the parameters, but not learned.
   *
   * @param local its name within the layer
   * @param shape the shape of the value
   * @param role what it is to its layer
   * @return its value in the graph
   * @throws UserException if there is a parameter or buffer of that name already
   */
  public Value buffer(String local, Shape shape, ParameterSpec.Role role) {
    return stored(new ParameterSpec(name(local), shape, role, 1, 1), graph::buffer);
  }

  private Value stored(ParameterSpec spec, BiFunction<String, Shape, Value> leaf) {
    if (repeating) {
      return register.again(scope(), spec);
    }
    register.requireFree(scope(), spec);
    Value value = leaf.apply(spec.name(), spec.shape());
    parameters.add(spec);
    register.store(scope(), spec, value);
    return value;
  }

  /**
   * {@return the full name of something that the current layer calls {@code local}}
   *
   * @param local a name within the layer, such as {@code weight}
   */
  public String name(String local) {
    Objects.requireNonNull(local, "local");
    return scope().isEmpty() ? local : scope() + "." + local;
  }

  /**
   * States that buffers follow the statistics of the batches of a training. Those are values of a
   * graph in {@link Mode#TRAINING}; the buffers are asked for in {@link Mode#INFERENCE}, which
   * reads them, under the same names.
   *
   * @param running the buffers, and the statistics that they follow
   */
  public void track(RunningStatistics running) {
    Objects.requireNonNull(running, "running");
    statistics.add(running);
  }

  /** {@return the buffers to bring up to date after each step of a training} */
  public List<RunningStatistics> statistics() {
    return Collections.unmodifiableList(statistics);
  }

  /** Adds the loss of a second output to what training makes small. */
  void auxiliary(Value output, double weight) {
    heads.add(new Head(scope(), output, weight));
  }

  /** {@return the second outputs, in order} */
  public List<Head> heads() {
    return Collections.unmodifiableList(heads);
  }

  /** {@return the path of the current layer; empty outside any} */
  public String scope() {
    return graph.scope();
  }

  /**
   * Adds a whole network with its input.
   *
   * @param network the layers
   * @param input the shape of an example
   * @return the network's output
   * @throws UserException if a layer does not fit what comes in; the sentence names the layer
   */
  public Value build(Layer network, Shape input) {
    Layers.required("A network", network);
    Objects.requireNonNull(input, "input");
    try {
      return given(network, network.apply(this, graph.input(Model.INPUT, input)));
    } catch (UserException | IllegalArgumentException e) {
      if (unfit.isEmpty() || register.refused(e)) {
        throw e;
      }
      String where = "Layer %s does not fit a network input of %s".formatted(unfit, input);
      throw e instanceof UserException known
          ? known.of(where)
          : new UserException(where + ": " + e.getMessage(), e);
    }
  }

  /**
   * Adds a layer as a named part of the current one.
   *
   * @param name what the part is called within the current layer
   * @param layer the part
   * @param x its input
   * @return the part's output
   * @throws UserException if the current layer has a part of that name already; {@link #again} uses
   *     one twice
   */
  public Value add(String name, Layer layer, Value x) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(layer, "layer");
    Objects.requireNonNull(x, "x");
    return graph.within(
        name,
        () -> {
          if (repeating) {
            register.known(scope());
          } else {
            register.add(scope(), layer);
          }
          return apply(layer, x);
        });
  }

  /**
   * Applies a part of the current layer once more, with the same parameters: the towers of a
   * siamese network. Their gradient is the sum over the uses; running averages follow each use in
   * turn.
   *
   * @param name under which {@link #add} added it
   * @param x of the shape that it was given before, if its parameters depend on that
   * @return the part's output
   * @throws UserException if there is no such part, or it asks for other parameters than before
   */
  public Value again(String name, Value x) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(x, "x");
    return graph.within(
        name,
        () -> {
          Layer layer = register.known(scope());
          boolean outer = repeating;
          repeating = true;
          try {
            return apply(layer, x);
          } finally {
            repeating = outer;
          }
        });
  }

  private Value apply(Layer layer, Value x) {
    try {
      return given(layer, layer.apply(this, x));
    } catch (UserException | IllegalArgumentException e) {
      if (unfit.isEmpty()) {
        unfit = scope();
      }
      throw e;
    }
  }

  private static Value given(Layer layer, Value y) {
    if (y == null) {
      throw new UserException(
          "A layer expects to give a value, but %s gave null"
              .formatted(layer.getClass().getName()));
    }
    return y;
  }

  /** {@return the layers added by {@link #add}, by their paths, in order} */
  public Map<String, Layer> layers() {
    return register.layers();
  }
}
