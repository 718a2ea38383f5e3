package dev.vitrine.graph;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.op.BatchReduce;
import dev.vitrine.op.Call;
import dev.vitrine.op.Example;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.Op;
import dev.vitrine.op.Value;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The values of a graph in double precision, by the ops' own loops, example by example: slow, and
 * the oracle that every fast path is tested against.
 */
public final class Interpreter {
  private final Example batch;
  private final Map<String, double[][]> inputs = new HashMap<>();
  private final Map<String, double[]> parameters = new HashMap<>();

  /**
   * An interpreter of batches of the given size, at step 0 of seed 0.
   *
   * @param batchSize how many examples, at least 1
   */
  public Interpreter(int batchSize) {
    this(batchSize, 0, Seed.of(0));
  }

  /**
   * An interpreter of one training step.
   *
   * @param batchSize how many examples, at least 1
   * @param step the step's number, for random ops
   * @param seed where random ops draw from
   * @throws IllegalArgumentException if there is no example
   */
  public Interpreter(int batchSize, long step, Seed seed) {
    Objects.requireNonNull(seed, "seed");
    if (batchSize < 1) {
      throw new IllegalArgumentException("A batch expects 1 example or more, but got " + batchSize);
    }
    batch = new Example(0, batchSize, step, seed);
  }

  /**
   * Gives an input: {@code elements[example][element]}.
   *
   * @param name the input's name in the graph
   * @param elements of each example, row-major
   * @return this
   */
  public Interpreter input(String name, double[]... elements) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(elements, "elements");
    inputs.put(name, elements);
    return this;
  }

  /**
   * Gives a parameter or a buffer: its elements, row-major.
   *
   * @param name the parameter's or buffer's full name
   * @param elements as many as its shape has
   * @return this
   */
  public Interpreter parameter(String name, double... elements) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(elements, "elements");
    parameters.put(name, elements);
    return this;
  }

  /**
   * Computes every value of a graph.
   *
   * @param graph what to compute
   * @return every value's elements
   * @throws UserException if one of its inputs, parameters or buffers was not given, or with
   *     another number of examples or elements
   */
  public Values run(Graph graph) {
    Objects.requireNonNull(graph, "graph");
    Map<Value, double[][]> results = new HashMap<>();
    for (Value value : graph.values()) {
      results.put(value, compute(value, results));
    }
    return new Values(results);
  }

  /**
   * Computes again what depends on a leaf that was given other numbers since: what finite
   * differences, and anybody who asks "what if", would otherwise pay a whole run for.
   *
   * @param graph the graph of that run
   * @param before an earlier run of the same graph; the values that stay are shared with it
   * @param leaf whose numbers were given anew
   * @return every value's elements
   * @throws IllegalArgumentException if the leaf is not of the graph, or the run was of another
   */
  public Values rerun(Graph graph, Values before, Value leaf) {
    Objects.requireNonNull(graph, "graph");
    Objects.requireNonNull(before, "before");
    Objects.requireNonNull(leaf, "leaf");
    if (!graph.owns(leaf) || !before.results.keySet().containsAll(graph.values())) {
      throw new IllegalArgumentException(
          "A rerun expects a leaf and an earlier run of the same graph, but got those of another");
    }
    Map<Value, double[][]> results = new HashMap<>(before.results);
    Set<Value> changed = new HashSet<>();
    for (Value value : graph.values()) {
      if (value == leaf || !Collections.disjoint(value.inputs(), changed)) {
        changed.add(value);
        results.put(value, compute(value, results));
      }
    }
    return new Values(results);
  }

  private double[][] compute(Value value, Map<Value, double[][]> results) {
    return switch (value.op()) {
      case Leaf.Input leaf -> given(leaf);
      case Leaf.Parameter leaf ->
          new double[][] {checked(leaf.name(), leaf.shape(), parameters.get(leaf.name()))};
      case Leaf.Buffer leaf ->
          new double[][] {checked(leaf.name(), leaf.shape(), parameters.get(leaf.name()))};
      case Op op -> evaluate(op, value, results);
    };
  }

  private double[][] given(Leaf.Input leaf) {
    double[][] elements = inputs.get(leaf.name());
    if (elements == null || elements.length != batch.batchSize()) {
      throw new UserException(
          "Input %s expects %s examples, but got %s"
              .formatted(
                  Quote.of(leaf.name()),
                  batch.batchSize(),
                  elements == null ? "none" : elements.length));
    }
    for (double[] example : elements) {
      checked(leaf.name(), leaf.shape(), example);
    }
    return elements;
  }

  private static double[] checked(String name, Shape shape, double[] elements) {
    if (elements == null || elements.length != shape.elements()) {
      throw new UserException(
          "%s expects %s numbers for its shape %s, but got %s"
              .formatted(
                  Quote.of(name),
                  shape.elements(),
                  shape,
                  elements == null ? "none" : elements.length));
    }
    return elements;
  }

  private double[][] evaluate(Op op, Value value, Map<Value, double[][]> results) {
    boolean wholeBatch =
        value.perExample()
            || op instanceof BatchReduce
            || value.inputs().stream().anyMatch(Value::perExample);
    int calls = wholeBatch ? batch.batchSize() : 1;
    List<Shape> shapes = value.inputs().stream().map(Value::shape).toList();
    double[][] out = new double[value.perExample() ? calls : 1][value.shape().elements()];
    for (int n = 0; n < calls; n++) {
      double[][] in = new double[shapes.size()][];
      for (int i = 0; i < in.length; i++) {
        Value input = value.inputs().get(i);
        in[i] = results.get(input)[input.perExample() ? n : 0];
      }
      op.evaluate(
          new Call(shapes, in, value.shape(), out[value.perExample() ? n : 0], batch.at(n)));
    }
    return out;
  }

  /** The computed values. */
  public static final class Values {
    private final Map<Value, double[][]> results;

    private Values(Map<Value, double[][]> results) {
      this.results = results;
    }

    /**
     * {@return the elements of a value for one example; of a shared value, whatever the example}
     *
     * @param value a value of the graph that was run
     * @param example its place in the batch, from 0
     * @throws IllegalArgumentException if the value is of another graph, or there is no such
     *     example
     */
    public double[] of(Value value, int example) {
      Objects.requireNonNull(value, "value");
      double[][] all = results.get(value);
      if (all == null) {
        throw new IllegalArgumentException(value + " is not of the graph that was computed");
      }
      if (value.perExample() && (example < 0 || example >= all.length)) {
        throw new IllegalArgumentException(
            "The batch had %s examples, from 0 on, but example %s is asked for"
                .formatted(all.length, example));
      }
      return all[value.perExample() ? example : 0];
    }

    /**
     * {@return the elements of a shared value}
     *
     * @param value a value of the graph that was run
     * @throws IllegalArgumentException if the value is of another graph, or differs from example to
     *     example
     */
    public double[] of(Value value) {
      Objects.requireNonNull(value, "value");
      if (value.perExample()) {
        throw new IllegalArgumentException(value + " differs from example to example: say which");
      }
      return of(value, 0);
    }

    /**
     * {@return a shared scalar}
     *
     * @param value a value of the graph that was run, of shape ()
     * @throws IllegalArgumentException if the value is of another graph, or not one shared number
     */
    public double number(Value value) {
      Objects.requireNonNull(value, "value");
      if (value.shape().elements() != 1) {
        throw new IllegalArgumentException(
            "%s has %s numbers: ask for its elements".formatted(value, value.shape().elements()));
      }
      return of(value)[0];
    }
  }
}
