package dev.vitrine.onnx;

import dev.vitrine.weights.onnx.OnnxGraph;
import dev.vitrine.weights.onnx.OnnxNode;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.StoredTensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds {@code x · (1 + erf(x / √2)) / 2}, as programs write GELU that have no operator for it, and
 * puts one in the place of its last multiplication. The others then have no reader.
 */
final class GeluPattern {
  private static final double NEAR = 1e-4;

  private final OnnxGraph graph;
  private final Map<String, OnnxNode> makers = new HashMap<>();
  private final Map<String, List<OnnxNode>> readers = new HashMap<>();

  private GeluPattern(OnnxGraph graph) {
    this.graph = graph;
    for (OnnxNode node : graph.nodes()) {
      node.outputs().forEach(output -> makers.putIfAbsent(output, node));
      node.inputs()
          .forEach(input -> readers.computeIfAbsent(input, _ -> new ArrayList<>()).add(node));
    }
  }

  /** The graph's nodes, with what is found replaced. */
  static List<OnnxNode> replaced(OnnxGraph graph) {
    GeluPattern pattern = new GeluPattern(graph);
    Map<OnnxNode, OnnxNode> gelus = new HashMap<>();
    for (OnnxNode node : graph.nodes()) {
      if (isCall(node, "Erf", 1)) {
        pattern.gelu(node, gelus);
      }
    }
    return graph.nodes().stream().map(node -> gelus.getOrDefault(node, node)).toList();
  }

  private void gelu(OnnxNode erf, Map<OnnxNode, OnnxNode> gelus) {
    Optional<String> x = scaled(erf.inputs().getFirst());
    Optional<OnnxNode> sum = reader(erf, "Add").filter(add -> other(add, erf, 1).isPresent());
    Optional<OnnxNode> product = sum.flatMap(add -> reader(add, "Mul"));
    if (x.isEmpty() || product.isEmpty()) {
      return;
    }
    last(x.get(), sum.get(), product.get())
        .ifPresent(last ->
            gelus.put(
                last,
                new OnnxNode(last.name(), "Gelu", "", List.of(x.get()), last.outputs(), Map.of())));
  }

  /** The multiplication that ends it: x, 1 + erf and a half may be multiplied in any order. */
  private Optional<OnnxNode> last(String x, OnnxNode sum, OnnxNode product) {
    String beside = beside(product, sum);
    if (number(beside).filter(GeluPattern::isHalf).isPresent()) {
      return reader(product, "Mul").filter(mul -> beside(mul, product).equals(x));
    }
    if (beside.equals(x)) {
      return reader(product, "Mul")
          .filter(mul -> number(beside(mul, product)).filter(GeluPattern::isHalf).isPresent());
    }
    return Optional.of(product)
        .filter(_ ->
            Optional.ofNullable(makers.get(beside))
                .filter(half ->
                    isCall(half, "Mul", 2)
                        && half.inputs().contains(x)
                        && number(another(half, x)).filter(GeluPattern::isHalf).isPresent())
                .isPresent());
  }

  private static boolean isHalf(double number) {
    return number == 0.5;
  }

  /** What is divided by √2, or multiplied by 1/√2, to make a value. */
  private Optional<String> scaled(String u) {
    OnnxNode node = makers.get(u);
    if (node == null) {
      return Optional.empty();
    }
    String first = node.inputs().isEmpty() ? "" : node.inputs().getFirst();
    if (isCall(node, "Div", 2)) {
      return Optional.of(first).filter(_ -> isNear(node.inputs().get(1), Math.sqrt(2)));
    }
    if (isCall(node, "Mul", 2)) {
      String second = node.inputs().get(1);
      return isNear(second, Math.sqrt(0.5))
          ? Optional.of(first)
          : Optional.of(second).filter(_ -> isNear(first, Math.sqrt(0.5)));
    }
    return Optional.empty();
  }

  private boolean isNear(String name, double expected) {
    return number(name).filter(number -> Math.abs(number - expected) < NEAR).isPresent();
  }

  private Optional<Double> other(OnnxNode node, OnnxNode maker, double expected) {
    return number(beside(node, maker)).filter(number -> number == expected);
  }

  private static boolean isCall(OnnxNode node, String operator, int inputs) {
    return node.operator().equals(operator)
        && node.domain().isEmpty()
        && node.inputs().size() == inputs
        && node.outputs().size() == 1;
  }

  /** The only node that reads what another makes, if it is of that operator. */
  private Optional<OnnxNode> reader(OnnxNode maker, String operator) {
    String made = maker.outputs().getFirst();
    List<OnnxNode> all = readers.getOrDefault(made, List.of());
    boolean isOutput = graph.outputs().stream().anyMatch(value -> value.name().equals(made));
    return all.size() == 1 && !isOutput && isCall(all.getFirst(), operator, 2)
        ? Optional.of(all.getFirst())
        : Optional.empty();
  }

  private static String beside(OnnxNode node, OnnxNode maker) {
    return another(node, maker.outputs().getFirst());
  }

  private static String another(OnnxNode node, String one) {
    List<String> inputs = node.inputs();
    return inputs.getFirst().equals(one) ? inputs.getLast() : inputs.getFirst();
  }

  /** A value that is a single number for all. */
  private Optional<Double> number(String name) {
    Stored stored = graph.initialisers().get(name);
    OnnxNode maker = makers.get(name);
    if (stored == null && maker != null && maker.operator().equals("Constant")) {
      var value = maker.attributes().get("value");
      var single = maker.attributes().get("value_float");
      if (single != null) {
        return Optional.of((double) single.real());
      }
      stored = value == null ? null : value.tensor().orElse(null);
    }
    if (stored instanceof Stored.Numbers numbers) {
      StoredTensor tensor = numbers.tensor();
      return tensor.elements() == 1 ? Optional.of(tensor.doubles()[0]) : Optional.empty();
    }
    return Optional.empty();
  }
}
