package dev.vitrine.graph;

import dev.vitrine.error.UserException;
import dev.vitrine.op.Adjoint;
import dev.vitrine.op.BatchReduce;
import dev.vitrine.op.Op;
import dev.vitrine.op.Ops;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reverse-mode differentiation: a graph that computes an objective becomes one that also computes
 * its derivatives, op by op, from the last to the first (the chain rule; Griewank and Walther,
 * 2008).
 *
 * @param graph the grown graph; it begins with every value of the original
 * @param of the gradients: from a value of the original to one of {@code graph}, of equal shape
 */
public record Gradient(Graph graph, Map<Value, Value> of) {
  /** Refuses {@code null}. */
  public Gradient {
    Objects.requireNonNull(graph, "graph");
    Objects.requireNonNull(of, "of");
  }

  /**
   * Differentiates a shared scalar objective.
   *
   * @param graph the graph that computes it
   * @param objective what to differentiate: shared, of shape ()
   * @param with the values whose gradients are wanted; those the objective does not depend on are
   *     absent from the result
   * @return the graph with its backward pass, and which values are the gradients
   * @throws UserException if the objective is not one shared number
   * @throws IllegalArgumentException if a value is of another graph
   */
  public static Gradient of(Graph graph, Value objective, Collection<Value> with) {
    Objects.requireNonNull(graph, "graph");
    Objects.requireNonNull(objective, "objective");
    Objects.requireNonNull(with, "with");
    if (objective.perExample() || objective.shape().rank() != 0) {
      throw new UserException(
          "A gradient expects an objective that is one number shared by the batch, but got %s: sum it, and take its batchMean"
              .formatted(objective));
    }
    requireOwn(graph, objective);
    with.forEach(value -> requireOwn(graph, value));
    Graph grown = new Graph(graph);
    return new Pass(grown, dependents(graph, with)).run(objective, with);
  }

  private static void requireOwn(Graph graph, Value value) {
    if (!graph.owns(value)) {
      throw new IllegalArgumentException(
          value + " belongs to another graph than the one to differentiate");
    }
  }

  /** Every value that depends on one of {@code sources}, and those themselves. */
  private static Set<Value> dependents(Graph graph, Collection<Value> sources) {
    Set<Value> dependents = new HashSet<>(sources);
    for (Value value : graph.values()) {
      if (!Collections.disjoint(value.inputs(), dependents)) {
        dependents.add(value);
      }
    }
    return dependents;
  }

  /** One walk from the objective back, gathering each value's gradient. */
  private static final class Pass {
    private final Graph graph;
    private final Set<Value> wanted;
    private final Map<Value, Value> gradients = new HashMap<>();

    Pass(Graph graph, Set<Value> wanted) {
      this.graph = graph;
      this.wanted = wanted;
    }

    Gradient run(Value objective, Collection<Value> with) {
      gradients.put(objective, graph.constant(1, Shape.scalar()));
      for (int id = objective.id(); id >= 0; id--) {
        Value y = graph.values().get(id);
        Value dy = gradients.get(y);
        if (dy != null && wanted.contains(y)) {
          graph.within(y.scope().isEmpty() ? "" : y.scope(), () -> differentiate(y, dy));
        }
      }
      Map<Value, Value> results = new LinkedHashMap<>();
      with.stream().filter(gradients::containsKey).forEach(v -> results.put(v, gradients.get(v)));
      return new Gradient(graph, Collections.unmodifiableMap(results));
    }

    private Op differentiate(Value y, Value dy) {
      y.op().gradient(new Use(y, dy));
      return y.op();
    }

    private void add(Value x, Value dx) {
      Value own = dx.perExample() && !x.perExample() ? graph.apply(BatchReduce.SUM, dx) : dx;
      if (!own.shape().equals(x.shape())) {
        throw new IllegalStateException(
            "The gradient of %s has shape %s".formatted(x, own.shape()));
      }
      gradients.merge(x, own, graph::add);
    }

    private final class Use implements Adjoint {
      private final Value y;
      private final Value dy;

      Use(Value y, Value dy) {
        this.y = y;
        this.dy = dy;
      }

      @Override
      public Value x(int input) {
        return y.inputs().get(input);
      }

      @Override
      public Value y() {
        return y;
      }

      @Override
      public Value dy() {
        return dy;
      }

      @Override
      public Ops ops() {
        return graph;
      }

      @Override
      public void to(int input, Supplier<Value> gradient) {
        if (wanted.contains(x(input))) {
          add(x(input), gradient.get());
        }
      }
    }
  }
}
