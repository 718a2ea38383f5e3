package dev.vitrine.onnx;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.weights.onnx.OnnxGraph;
import dev.vitrine.weights.onnx.OnnxModel;
import dev.vitrine.weights.onnx.OnnxNode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * An output of an ONNX file, and where a network ends for it: in the logits if it is their softmax,
 * for losses and readers take these.
 *
 * @param place its number among the file's outputs, from 0
 * @param name what the file calls it
 * @param end the value that the network makes
 */
public record OnnxOutput(int place, String name, String end) {
  /** Refuses {@code null}. */
  public OnnxOutput {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(end, "end");
  }

  /** {@return whether the file's output is the softmax of what the network makes} */
  public boolean isSoftmax() {
    return !end.equals(name);
  }

  /** All of a file. */
  static List<OnnxOutput> all(OnnxModel file) {
    OnnxGraph graph = file.graph();
    if (graph.outputs().isEmpty()) {
      throw new UserException(
          "%s: the graph has no outputs".formatted(Quote.place(file.file().toString())));
    }
    return IntStream.range(0, graph.outputs().size())
        .mapToObj(place -> of(graph, place, graph.outputs().get(place).name()))
        .toList();
  }

  private static OnnxOutput of(OnnxGraph graph, int place, String name) {
    String end =
        softmax(graph, name).flatMap(node -> node.inputs().stream().findFirst()).orElse(name);
    return new OnnxOutput(place, name, end);
  }

  /** The node that makes a value, if that is a softmax. */
  static Optional<OnnxNode> softmax(OnnxGraph graph, String name) {
    return graph.nodes().stream()
        .filter(node -> node.operator().equals("Softmax") && node.outputs().contains(name))
        .findFirst();
  }

  /** A named value: an output, the logits of one, or one within. */
  static OnnxOutput named(OnnxModel file, String value) {
    List<OnnxOutput> all = all(file);
    return all.stream()
        .filter(output -> output.name().equals(value))
        .map(output -> new OnnxOutput(output.place, value, value))
        .findFirst()
        .or(() -> all.stream().filter(output -> output.end().equals(value)).findFirst())
        .orElseGet(() -> new OnnxOutput(0, value, value));
  }
}
