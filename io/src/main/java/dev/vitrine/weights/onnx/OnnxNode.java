package dev.vitrine.weights.onnx;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One operation of a graph.
 *
 * @param name its name; may be empty
 * @param operator its operator, such as {@code Conv}
 * @param domain whose operator it is; empty for ONNX's own
 * @param inputs the values it reads; an empty name is one that is left out
 * @param outputs the values it makes; an empty name is one that nobody wants
 * @param attributes its settings by name
 */
public record OnnxNode(
    String name,
    String operator,
    String domain,
    List<String> inputs,
    List<String> outputs,
    Map<String, OnnxAttribute> attributes) {
  /** The node, with its own copies. */
  public OnnxNode {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(operator, "operator");
    Objects.requireNonNull(domain, "domain");
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }
}
