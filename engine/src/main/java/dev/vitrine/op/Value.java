package dev.vitrine.op;

import dev.vitrine.tensor.Shape;
import java.util.List;

/**
 * A node of a graph: the output of one op applied to earlier values.
 *
 * @param id its place in the graph's order; every input's is smaller
 * @param op what computes it
 * @param inputs what the op is applied to
 * @param shape its shape, per example
 * @param perExample whether it differs from example to example; otherwise it is shared
 * @param scope the path of the layer that made it, such as {@code conv1}; empty outside any
 */
public record Value(
    int id, Op op, List<Value> inputs, Shape shape, boolean perExample, String scope) {

  /** {@return the arithmetic that computes it, for one example} */
  public Cost cost() {
    return op.cost(inputs.stream().map(Value::shape).toList(), shape);
  }

  /** Values are nodes, not numbers: two are equal only if they are the same node. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return id;
  }

  @Override
  public String toString() {
    String args = inputs.stream().map(v -> "%" + v.id).reduce((a, b) -> a + ", " + b).orElse("");
    return "%%%s = %s(%s) : %s%s".formatted(id, op, args, shape, perExample ? "" : " shared");
  }
}
