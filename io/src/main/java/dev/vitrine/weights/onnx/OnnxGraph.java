package dev.vitrine.weights.onnx;

import dev.vitrine.weights.stored.Stored;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * A graph as the file has it.
 *
 * @param name its name; may be empty
 * @param nodes its operations, in the file's order
 * @param initialisers given tensors by name, in the file's order; what is not read is a {@link
 *     Stored.Unread}
 * @param inputs its inputs; older files list the initialisers among them
 * @param outputs its outputs
 * @param inner what it says of values between them, as it is written; a reader finds that out anew
 */
public record OnnxGraph(
    String name,
    List<OnnxNode> nodes,
    SequencedMap<String, Stored> initialisers,
    List<OnnxValue> inputs,
    List<OnnxValue> outputs,
    List<OnnxValue> inner) {
  /** The graph, with its own copies. */
  public OnnxGraph {
    Objects.requireNonNull(name, "name");
    nodes = List.copyOf(nodes);
    initialisers = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(initialisers));
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    inner = List.copyOf(inner);
  }
}
