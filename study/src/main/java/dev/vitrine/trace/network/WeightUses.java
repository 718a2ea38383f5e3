package dev.vitrine.trace.network;

import dev.vitrine.graph.Graph;
import dev.vitrine.op.BatchReduce;
import dev.vitrine.op.Call;
import dev.vitrine.op.Example;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.Value;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Where a parameter meets the example: the ops that make per-example values of it, directly or of
 * what is made of the parameter alone, such as a permuted weight.
 *
 * @param leaf the parameter
 * @param made values of the parameter alone, in order, the parameter first
 * @param fronts the per-example values made of those
 */
record WeightUses(Value leaf, List<Value> made, List<Value> fronts) {
  static WeightUses of(Graph graph, Value leaf) {
    List<Value> made = new ArrayList<>(List.of(leaf));
    List<Value> fronts = new ArrayList<>();
    for (Value value : graph.values()) {
      boolean uses = !Collections.disjoint(value.inputs(), made);
      if (uses && value.perExample()) {
        fronts.add(value);
      } else if (uses && !(value.op() instanceof BatchReduce)) {
        made.add(value);
      }
    }
    return new WeightUses(leaf, made, fronts);
  }

  /** All that their ops are applied to. */
  Set<Value> operands() {
    Set<Value> operands = new LinkedHashSet<>();
    made.forEach(value -> operands.addAll(value.inputs()));
    fronts.forEach(value -> operands.addAll(value.inputs()));
    return operands;
  }

  /**
   * What each element of a front has of the parameter's element: ∂y/∂w. Layers are linear in their
   * parameters, so that is y for the weight 1 and all others of the parameter 0, less y for all 0.
   */
  double[] slopes(Value front, int element, Function<Value, double[]> numbers) {
    double[] one = new double[leaf.shape().elements()];
    one[element] = 1;
    double[] with = value(front, one, numbers);
    double[] without = value(front, new double[one.length], numbers);
    for (int k = 0; k < with.length; k++) {
      with[k] -= without[k];
    }
    return with;
  }

  private double[] value(Value front, double[] parameter, Function<Value, double[]> numbers) {
    Map<Value, double[]> changed = new HashMap<>();
    changed.put(leaf, parameter);
    for (Value value : made) {
      if (!(value.op() instanceof Leaf)) {
        changed.put(value, evaluate(value, changed, numbers));
      }
    }
    return evaluate(front, changed, numbers);
  }

  private static double[] evaluate(
      Value value, Map<Value, double[]> changed, Function<Value, double[]> numbers) {
    List<Shape> shapes = value.inputs().stream().map(Value::shape).toList();
    double[][] in =
        value.inputs().stream()
            .map(x -> changed.containsKey(x) ? changed.get(x) : numbers.apply(x))
            .toArray(double[][]::new);
    double[] out = new double[value.shape().elements()];
    value.op().evaluate(new Call(shapes, in, value.shape(), out, new Example(0, 1, 0, Seed.of(0))));
    return out;
  }
}
