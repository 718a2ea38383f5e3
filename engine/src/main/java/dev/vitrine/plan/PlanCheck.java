package dev.vitrine.plan;

import dev.vitrine.error.Quote;
import dev.vitrine.graph.Graph;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Numbers;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.tensor.Shape;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** What must hold before a graph is compiled: sentences instead of wrong numbers. */
record PlanCheck(Graph graph, Numbers parameters) {
  void check(Collection<Value> outputs, Map<String, Value> gradients, Parameters storage) {
    if (outputs.isEmpty() && gradients.isEmpty()) {
      throw new IllegalArgumentException(
          "A plan expects outputs or gradients to compute, but got none: name them to the planner");
    }
    outputs.forEach(this::requireOwn);
    gradients.values().forEach(this::requireOwn);
    for (Value value : graph.values()) {
      switch (value.op()) {
        case Leaf.Parameter leaf -> requireStored(leaf.name(), leaf.shape());
        case Leaf.Buffer leaf -> requireStored(leaf.name(), leaf.shape());
        default -> {}
      }
    }
    gradients.forEach((name, value) -> requirePlace(name, value, storage));
  }

  private void requireOwn(Value value) {
    if (!graph.owns(value)) {
      throw new IllegalArgumentException(
          "%s belongs to another graph than the one to plan".formatted(value));
    }
  }

  private void requireStored(String name, Shape expected) {
    Optional<Shape> got = shape(name, parameters);
    if (!got.equals(Optional.of(expected))) {
      throw new IllegalArgumentException(
          "The graph reads %s of %s, but the parameters given for it %s: they are another network's"
              .formatted(Quote.of(name), expected, described(got)));
    }
  }

  private static void requirePlace(String name, Value gradient, Parameters storage) {
    if (gradient.perExample()) {
      throw new IllegalArgumentException(
          "The gradient of %s differs from example to example, and has no place to be stored: sum it over the batch"
              .formatted(Quote.of(name)));
    }
    Optional<Shape> got = shape(name, storage);
    if (!got.equals(Optional.of(gradient.shape()))) {
      throw new IllegalArgumentException(
          "The gradient of %s is %s, but its storage %s: use the parameters' layout"
              .formatted(
                  Quote.of(name),
                  gradient.shape(),
                  got.map("has it as %s"::formatted).orElse("does not have it")));
    }
  }

  private static Optional<Shape> shape(String name, Numbers of) {
    return of.layout().find(name).map(Layout.Entry::shape);
  }

  private static String described(Optional<Shape> got) {
    return got.map("have it as %s"::formatted).orElse("do not have it");
  }
}
