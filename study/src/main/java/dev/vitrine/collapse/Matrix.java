package dev.vitrine.collapse;

import dev.vitrine.graph.Gradient;
import dev.vitrine.graph.Graph;
import dev.vitrine.graph.Interpreter;
import dev.vitrine.nn.Model;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.Value;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A linear chain as {@code y = W·x + b}, in double precision: b is what it makes of 0, and the rows
 * of W are the gradients of its outputs, which are the same everywhere.
 *
 * @param weight (outputs, inputs), row by row
 * @param bias (outputs)
 */
record Matrix(double[] weight, double[] bias) {
  /** So many numbers of a graph's values at a time. */
  private static final long ROOM = 1 << 23;

  static Matrix of(Model chain) {
    Model.Network network = chain.inference();
    Graph graph = network.graph();
    Value output = network.output();
    Value row = graph.input("row", output.shape());
    Value picked = graph.sum(graph.multiply(output, row));
    Value input =
        graph.values().stream()
            .filter(v -> v.op() instanceof Leaf.Input leaf && leaf.name().equals(Model.INPUT))
            .findFirst()
            .orElseThrow();
    Gradient gradient = Gradient.of(graph, graph.batchSum(picked), List.of(input));
    Value slope = gradient.of().get(input);
    int outputs = output.shape().elements();
    int inputs = input.shape().elements();
    double[] weight = new double[outputs * inputs];
    double[] bias = Numerics.output(chain, new double[inputs]);
    int many = atOnce(gradient.graph(), outputs);
    for (int from = 0; from < outputs; from += many) {
      int count = Math.min(many, outputs - from);
      double[][] rows = new double[count][outputs];
      for (int n = 0; n < count; n++) {
        rows[n][from + n] = 1;
      }
      Interpreter.Values values =
          Numerics.interpreter(chain, count)
              .input(Model.INPUT, new double[count][inputs])
              .input("row", rows)
              .run(gradient.graph());
      for (int n = 0; n < count; n++) {
        System.arraycopy(values.of(slope, n), 0, weight, (from + n) * inputs, inputs);
      }
    }
    return new Matrix(weight, bias);
  }

  private static int atOnce(Graph graph, int outputs) {
    long each =
        graph.values().stream()
            .filter(Value::perExample)
            .flatMapToLong(value -> LongStream.of(value.shape().elements()))
            .sum();
    return Math.clamp(ROOM / Math.max(1, each), 1, outputs);
  }
}
