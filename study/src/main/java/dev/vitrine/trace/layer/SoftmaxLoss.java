package dev.vitrine.trace.layer;

import dev.vitrine.error.UserException;
import dev.vitrine.graph.Gradient;
import dev.vitrine.graph.Graph;
import dev.vitrine.graph.Interpreter;
import dev.vitrine.op.Softmax;
import dev.vitrine.op.SoftmaxCrossEntropy;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import dev.vitrine.trace.Document;
import dev.vitrine.trace.Document.Section;
import dev.vitrine.trace.language.Notation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Softmax with cross-entropy, the long way and fused: {@code p = softmax(x), L = −ln p[t]}, both in
 * the engine's graph.
 *
 * @param x the logits
 * @param target t, the class
 * @param p softmax(x)
 * @param loss L
 * @param jacobian of p by x: {@code p[i]([i = j] − p[j])}
 * @param dp ∂L/∂p by the engine's backward pass through the logarithm
 * @param longWay ∂L/∂x through p, by the engine's backward pass
 * @param fused ∂L/∂x by the op that does both at once
 */
public record SoftmaxLoss(
    double[] x,
    int target,
    double[] p,
    double loss,
    Jacobian jacobian,
    double[] dp,
    double[] longWay,
    double[] fused) {

  /**
   * {@return both ways, worked out}
   *
   * @param x the logits, two or more
   * @param target the class, from 0
   * @throws UserException if there are fewer than two logits, or no such class
   */
  public static SoftmaxLoss of(List<Double> x, double target) {
    int classes = x.size();
    if (classes < 2) {
      throw new UserException("Softmax expects two logits or more, but got " + classes);
    }
    int label = SoftmaxCrossEntropy.classNumber(target, classes);
    double[] logits = x.stream().mapToDouble(Double::doubleValue).toArray();
    LayerGraph softmax =
        new LayerGraph((network, in) -> network.apply(new Softmax(), in), Shape.of(classes), 0);
    Map<String, double[]> numbers = new LinkedHashMap<>();
    numbers.put(LayerGraph.X, logits);
    numbers.put(LayerGraph.DY, new double[classes]);
    Ways ways = ways(logits, label);
    if (isFinite(ways.longWay)) {
      Quotients.requireEqual("the logits, fused", ways.longWay, ways.fused);
    }
    return new SoftmaxLoss(
        logits,
        label,
        softmax.output(numbers),
        ways.loss,
        softmax.jacobians(numbers).get(LayerGraph.X),
        ways.dp,
        ways.longWay,
        ways.fused);
  }

  private static boolean isFinite(double... numbers) {
    return Arrays.stream(numbers).allMatch(Double::isFinite);
  }

  private record Ways(double loss, double[] dp, double[] longWay, double[] fused) {}

  private static Ways ways(double[] logits, int label) {
    Graph graph = new Graph();
    Value x = graph.input("x", Shape.of(logits.length));
    Value y = graph.input("y", Shape.of(logits.length));
    Value p = graph.apply(new Softmax(), x);
    Value loss = graph.batchSum(graph.negate(graph.sum(graph.multiply(y, graph.log(p)))));
    Gradient gradient = Gradient.of(graph, loss, List.of(x, p));
    double[] one = new double[logits.length];
    one[label] = 1;
    Interpreter.Values run =
        new Interpreter(1).input("x", logits).input("y", one).run(gradient.graph());
    Graph fusedGraph = new Graph();
    Value again = fusedGraph.input("x", Shape.of(logits.length));
    Value t = fusedGraph.input("t", Shape.scalar());
    Value fused = fusedGraph.batchSum(fusedGraph.apply(new SoftmaxCrossEntropy(0), again, t));
    Gradient direct = Gradient.of(fusedGraph, fused, List.of(again));
    double[] both =
        new Interpreter(1)
            .input("x", logits)
            .input("t", new double[] {label})
            .run(direct.graph())
            .of(direct.of().get(again), 0);
    return new Ways(
        run.number(loss), run.of(gradient.of().get(p), 0), run.of(gradient.of().get(x), 0), both);
  }

  /** {@return the same for scripts} */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("x", x);
    json.put("class", target);
    json.put("p", p);
    json.put("loss", loss);
    json.put("jacobian", List.of(jacobian.rows()));
    json.put("dp", dp);
    json.put("dx_long_way", longWay);
    json.put("dx_fused", fused);
    return json;
  }

  /**
   * {@return both ways as a document}
   *
   * @param notation ASCII for terminals without other characters
   */
  public Document document(Notation notation) {
    Shape shape = Shape.of(x.length);
    List<String> names =
        IntStream.range(0, x.length).mapToObj(k -> Places.name("p", k, shape)).toList();
    List<String> columns = IntStream.range(0, x.length).mapToObj(String::valueOf).toList();
    List<String> asked = new ArrayList<>(Sections.formula(new Softmax()));
    asked.addAll(Sections.formula(new SoftmaxCrossEntropy(0)));
    String y =
        IntStream.range(0, x.length)
            .mapToObj(k -> k == target ? "1" : "0")
            .collect(Collectors.joining(" "));
    List<Section> sections =
        List.of(
            Sections.of(
                "Softmax with cross-entropy, class %s of %s".formatted(target, x.length), asked),
            Sections.of(
                "Forward",
                List.of(
                    "x = " + row(x),
                    "p = softmax(x) = " + row(p),
                    "L = −ln p[%s] = %s".formatted(target, Drawing.number(loss)))),
            Sections.of(
                "The long way, first step: ∂L/∂p",
                List.of("dp = −y/p = " + row(dp)),
                "y = (%s): only the probability of the class has a gradient.".formatted(y)),
            Sections.of(
                "The long way, second step: the Jacobian ∂p/∂x (%s×%s)"
                    .formatted(x.length, x.length),
                Drawing.matrix(jacobian.rows(), names, columns),
                "∂p[i]/∂x[j] = p[i]·([i = j] − p[j]): no entry is 0, because each probability has all logits in its denominator.",
                "Every row and every column sums to 0: the probabilities sum to 1, and a number added to all logits changes nothing."),
            Sections.of("The long way, together", List.of("dx = (∂p/∂x)ᵀ·dp = " + row(longWay))),
            Sections.of(
                "Fused",
                List.of("dx = p − y = " + row(fused)),
                "p[%s] in the denominator of dp and as a factor of the Jacobian cancel: p − y stays, and nothing is divided by a probability."
                    .formatted(target),
                same()));
    return Sections.document(sections, notation);
  }

  private String same() {
    if (!isFinite(longWay)) {
      return "Here p[%s] is 0 in floating point, and the long way has no number: it divides by it."
          .formatted(target);
    }
    double off = 0;
    for (int k = 0; k < x.length; k++) {
      off = Math.max(off, Math.abs(longWay[k] - fused[k]));
    }
    return off == 0
        ? "Both ways are equal to the last bit here."
        : "Both ways are equal to %s, which is rounding.".formatted(Sections.rough(off));
  }

  private static String row(double[] numbers) {
    return IntStream.range(0, numbers.length)
        .mapToObj(k -> Drawing.number(numbers[k]))
        .collect(Collectors.joining("  ", "(", ")"));
  }
}
