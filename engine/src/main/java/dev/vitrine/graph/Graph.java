package dev.vitrine.graph;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.Op;
import dev.vitrine.op.Ops;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Ops applied to each other's outputs: a directed acyclic graph, kept in an order in which every
 * value comes after its inputs. Values can be added, never changed; shapes are inferred and checked
 * as they are.
 */
public final class Graph implements Ops {
  private final List<Value> values;
  private final Map<String, Value> inputs = new HashMap<>();
  private final Map<String, Value> stored = new HashMap<>();
  private String scope = "";

  /** An empty graph. */
  public Graph() {
    values = new ArrayList<>();
  }

  /**
   * A graph that begins with all the values of another and can grow on its own.
   *
   * @param origin the graph to begin with; it is not changed
   */
  public Graph(Graph origin) {
    Objects.requireNonNull(origin, "origin");
    this(origin, origin.values.size());
  }

  /**
   * A graph of the first values of another, such as its forward pass, which can grow on its own.
   *
   * @param origin the graph to begin with; it is not changed
   * @param count how many, from 0 to all
   */
  public Graph(Graph origin, int count) {
    Objects.requireNonNull(origin, "origin");
    Objects.checkFromToIndex(0, count, origin.values.size());
    values = new ArrayList<>(origin.values.subList(0, count));
    values.forEach(this::enter);
  }

  /** {@return all values, inputs before what uses them} */
  public List<Value> values() {
    return Collections.unmodifiableList(values);
  }

  /** {@return multiply–accumulate pairs of one example's values} */
  public long macs() {
    return values.stream().filter(Value::perExample).mapToLong(v -> v.cost().macs()).sum();
  }

  /**
   * {@return a value given anew for every example}
   *
   * @param name one of its own among inputs
   * @param shape the shape of one example
   * @throws UserException if there is an input of that name already
   */
  public Value input(String name, Shape shape) {
    return apply(new Leaf.Input(name, shape));
  }

  /**
   * {@return a learned value, shared by all examples}
   *
   * @param name one of its own among parameters and buffers
   * @param shape the shape of the value
   * @throws UserException if there is a parameter or buffer of that name already; who wants to read
   *     one twice keeps its value
   */
  public Value parameter(String name, Shape shape) {
    return apply(new Leaf.Parameter(name, shape));
  }

  /**
   * {@return a value that is carried, not learned, shared by all examples}
   *
   * @param name one of its own among parameters and buffers
   * @param shape the shape of the value
   * @throws UserException if there is a parameter or buffer of that name already
   */
  public Value buffer(String name, Shape shape) {
    return apply(new Leaf.Buffer(name, shape));
  }

  /**
   * {@return whether a value is one of this graph's}
   *
   * @param value a value of any graph
   */
  public boolean owns(Value value) {
    Objects.requireNonNull(value, "value");
    return value.id() < values.size() && values.get(value.id()) == value;
  }

  /** {@return all parameters, in the order in which they were added} */
  public List<Leaf.Parameter> parameters() {
    return values.stream()
        .map(Value::op)
        .filter(Leaf.Parameter.class::isInstance)
        .map(Leaf.Parameter.class::cast)
        .toList();
  }

  /**
   * Runs {@code body}, whose values are made by the layer named {@code name} within the current
   * one.
   *
   * @param <T> what the body answers
   * @param name a part of the scope's path
   * @param body adds the layer's values
   * @return what {@code body} answers
   */
  public <T> T within(String name, Supplier<T> body) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(body, "body");
    String outer = scope;
    scope = outer.isEmpty() ? name : outer + "." + name;
    try {
      return body.get();
    } finally {
      scope = outer;
    }
  }

  /** {@return the path of the layer that is being added; empty outside any} */
  public String scope() {
    return scope;
  }

  @Override
  public Value apply(Op op, Value... inputs) {
    Objects.requireNonNull(op, "op");
    Objects.requireNonNull(inputs, "inputs");
    if (op.arity() >= 0 ? inputs.length != op.arity() : inputs.length == 0) {
      throw new IllegalArgumentException(
          "%s expects %s inputs, but got %s"
              .formatted(op, op.arity() < 0 ? "1 or more" : op.arity(), inputs.length));
    }
    boolean perExample = false;
    for (int i = 0; i < inputs.length; i++) {
      Value x = Objects.requireNonNull(inputs[i], "input");
      if (!owns(x)) {
        throw new IllegalArgumentException(x + " belongs to another graph");
      }
      if (op.needsShared(i) && x.perExample()) {
        throw new UserException(
            "%s expects a shared value, such as a parameter, as input %s, but got %s"
                .formatted(op, i, x));
      }
      if (op.needsExamples(i) && !x.perExample()) {
        throw new UserException(
            "%s expects a value per example as input %s, but got %s: apply BatchSpread to it"
                .formatted(op, i, x));
      }
      perExample |= x.perExample();
    }
    boolean outPerExample =
        switch (op.batching()) {
          case MAP -> perExample;
          case REDUCE -> false;
          case SPREAD -> true;
        };
    Shape shape = op.shape(List.of(inputs).stream().map(Value::shape).toList());
    Value y = new Value(values.size(), op, List.of(inputs), shape, outPerExample, scope);
    enter(y);
    values.add(y);
    return y;
  }

  /** Numbers are found by names, so two leaves of one name would be one, unseen. */
  private void enter(Value y) {
    switch (y.op()) {
      case Leaf.Input leaf -> enter(inputs, leaf.name(), "input", y);
      case Leaf.Parameter leaf -> enter(stored, leaf.name(), "parameter", y);
      case Leaf.Buffer leaf -> enter(stored, leaf.name(), "buffer", y);
      default -> {}
    }
  }

  private static void enter(Map<String, Value> known, String name, String kind, Value y) {
    Value other = known.putIfAbsent(name, y);
    if (other != null) {
      throw new UserException(
          "The graph has %s of %s already, so it cannot have another %s of that name, of %s: use the value that is there, or another name"
              .formatted(Quote.of(name), other.shape(), kind, y.shape()));
    }
  }
}
