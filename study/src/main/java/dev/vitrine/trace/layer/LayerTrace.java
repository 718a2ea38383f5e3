package dev.vitrine.trace.layer;

import dev.vitrine.error.UserException;
import dev.vitrine.op.Op;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Backpropagation through one layer.
 *
 * @param question what was asked
 * @param operations what the layer computes, in order
 * @param shapes of x, of the parameters and of dy, which is that of y
 * @param numbers theirs
 * @param output the layer's y
 * @param gradients by the engine's backward pass: of x and of the parameters
 * @param jacobians of y by x and by each parameter
 * @param reach which inputs reach which outputs
 * @param quotients the Jacobian of y by x beside difference quotients
 */
public record LayerTrace(
    LayerQuestion question,
    List<Op> operations,
    Map<String, Shape> shapes,
    Map<String, double[]> numbers,
    double[] output,
    Map<String, double[]> gradients,
    Map<String, Jacobian> jacobians,
    Reach reach,
    Quotients.Found quotients) {
  /** Draws of all numbers by which it is seen what can reach what: each window's maximum moves. */
  private static final int ROUNDS = 64;

  /**
   * {@return a layer's backpropagation worked out}
   *
   * @param question which layer, where
   * @throws UserException if the layer does not fit the input, or numbers do not fit the layer
   */
  public static LayerTrace of(LayerQuestion question) {
    LayerGraph graph = new LayerGraph(question.layer(), question.input(), question.seed());
    Map<String, double[]> numbers = Sample.of(question, graph.shapes());
    Map<String, double[]> gradients = graph.gradients(numbers);
    Map<String, Jacobian> jacobians = graph.jacobians(numbers);
    jacobians.forEach((name, jacobian) ->
        Quotients.requireEqual(
            name, gradients.get(name), jacobian.back(numbers.get(LayerGraph.DY))));
    question.element().ifPresent(index -> Places.flat(index, question.input()));
    return new LayerTrace(
        question,
        graph.operations().stream().map(Value::op).toList(),
        graph.shapes(),
        numbers,
        graph.output(numbers),
        gradients,
        jacobians,
        graph.reach(ROUNDS),
        Quotients.of(graph, numbers, jacobians.get(LayerGraph.X)));
  }

  /** {@return the output's shape} */
  public Shape outputShape() {
    return shapes.get(LayerGraph.DY);
  }

  /** {@return the names of the layer's parameters} */
  public List<String> parameters() {
    Map<String, Shape> own = new LinkedHashMap<>(shapes);
    own.keySet().removeAll(List.of(LayerGraph.X, LayerGraph.DY));
    return List.copyOf(own.keySet());
  }
}
