package dev.vitrine.summary;

import dev.vitrine.graph.Gradient;
import dev.vitrine.graph.Graph;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.NetworkBuilder;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A network's graphs without its numbers. */
final class NetworkGraphs {
  private NetworkGraphs() {}

  /**
   * A forward graph.
   *
   * @param heads outputs that only training computes
   * @param layers by their paths
   * @param parameters what each parameter is to its layer, by its name
   */
  record Forward(
      Graph graph,
      Value output,
      List<Value> heads,
      Map<String, Layer> layers,
      Map<String, ParameterSpec> parameters) {
    /** Whether a buffer is given with its layer, not an average of what was seen. */
    boolean isFixed(Leaf.Buffer buffer) {
      return parameters.get(buffer.name()).role() == ParameterSpec.Role.FIXED;
    }

    /** Whether a learned number is added, not multiplied. */
    boolean isAdded(Leaf.Parameter parameter) {
      return switch (parameters.get(parameter.name()).role()) {
        case BIAS, SHIFT -> true;
        case WEIGHT, SLOPE, SCALE -> false;
        case FIXED, RUNNING_MEAN, RUNNING_VARIANCE ->
            throw new IllegalStateException(parameter.name() + " is a buffer, not a parameter");
      };
    }
  }

  /**
   * The forward graph.
   *
   * @throws dev.vitrine.error.UserException if a layer does not fit its input, which is named
   */
  static Forward forward(Layer network, Shape input, Mode mode) {
    NetworkBuilder builder = new NetworkBuilder(new Graph(), mode);
    Value output = builder.build(network, input);
    Map<String, ParameterSpec> parameters = new HashMap<>();
    builder.parameters().forEach(spec -> parameters.put(spec.name(), spec));
    List<Value> heads = builder.heads().stream().map(NetworkBuilder.Head::output).toList();
    return new Forward(builder.graph(), output, heads, builder.layers(), parameters);
  }

  /**
   * What the training graph adds to its forward pass, by the layer it belongs to: the gradients of
   * the parameters, given the gradient of the network's output. The loss is left out.
   *
   * @param biases whether the gradients of what is added are among them
   */
  static Map<String, List<Value>> backward(Layer network, Shape input, boolean biases) {
    Forward forward = forward(network, input, Mode.TRAINING);
    Graph graph = forward.graph;
    Value objective = graph.batchMean(graph.sum(forward.output));
    for (Value head : forward.heads) {
      objective = graph.add(objective, graph.batchMean(graph.sum(head)));
    }
    List<Value> learned =
        graph.values().stream()
            .filter(v -> v.op() instanceof Leaf.Parameter p && (biases || !forward.isAdded(p)))
            .toList();
    Graph grown = Gradient.of(graph, objective, learned).graph();
    return byLayer(grown.values().subList(graph.values().size(), grown.values().size()));
  }

  /** Values by the paths of their layers, in their order. */
  static Map<String, List<Value>> byLayer(List<Value> values) {
    Map<String, List<Value>> byLayer = new LinkedHashMap<>();
    for (Value value : values) {
      byLayer.computeIfAbsent(value.scope(), key -> new ArrayList<>()).add(value);
    }
    return byLayer;
  }
}
