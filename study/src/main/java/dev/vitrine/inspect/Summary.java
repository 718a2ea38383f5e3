package dev.vitrine.inspect;

import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Model;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a network consists of and costs, read off its inference graph.
 *
 * @param input the shape of an example
 * @param rows one for each layer that computes something or has parameters, from input to output
 */
public record Summary(Shape input, List<Row> rows) {
  /**
   * A layer.
   *
   * @param name its path, such as {@code conv1}
   * @param layer what it is, as one would write it
   * @param parameters learned numbers, biases included
   * @param macs multiply–accumulate pairs for one example, biases left out
   */
  public record Row(String name, String layer, Shape output, long parameters, long macs) {}

  /** Copies the list. */
  public Summary {
    rows = List.copyOf(rows);
  }

  /** The summary of a network for inputs of a shape; no parameter is allocated. */
  public static Summary of(Layer network, Shape input) {
    Model.Network traced = Model.trace(network, input);
    Map<String, List<Value>> scopes = new LinkedHashMap<>();
    for (Value value : traced.graph().values()) {
      scopes.computeIfAbsent(value.scope(), key -> new ArrayList<>()).add(value);
    }
    List<Row> rows = new ArrayList<>();
    scopes.forEach((scope, values) -> {
      if (values.stream().anyMatch(v -> !(v.op() instanceof Leaf))) {
        rows.add(row(scope, traced.layers().get(scope), values));
      }
    });
    return new Summary(input, rows);
  }

  private static Row row(String scope, Layer layer, List<Value> values) {
    long parameters = 0;
    long macs = 0;
    for (Value value : values) {
      if (value.op() instanceof Leaf.Parameter) {
        parameters += value.shape().elements();
      }
      List<Shape> inputs = value.inputs().stream().map(Value::shape).toList();
      macs += value.op().cost(inputs, value.shape()).macs();
    }
    Value last = values.getLast();
    String text = layer == null ? last.op().getClass().getSimpleName() : layer.toString();
    String firstLine = text.lines().findFirst().orElse("");
    return new Row(scope.isEmpty() ? "output" : scope, firstLine, last.shape(), parameters, macs);
  }

  /** Learned numbers of all layers. */
  public long parameters() {
    return rows.stream().mapToLong(Row::parameters).sum();
  }

  /** Multiply–accumulate pairs for one example. */
  public long macs() {
    return rows.stream().mapToLong(Row::macs).sum();
  }
}
