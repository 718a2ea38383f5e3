package dev.vitrine.onnx;

import dev.vitrine.graph.Graph;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.NetworkBuilder;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The forward graph of a network with all that goes in and comes out: one output of most, several
 * of ONNX files that are read so.
 *
 * @param network the graph, its first output and its layers
 * @param outputs the values that are made, in order
 */
public record Heads(Model.Network network, List<Value> outputs) {
  /** The heads, with their own copy. */
  public Heads {
    Objects.requireNonNull(network, "network");
    outputs = List.copyOf(outputs);
  }

  /**
   * {@return those of a model}
   *
   * @param model a network with its numbers
   */
  public static Heads of(Model model) {
    Objects.requireNonNull(model, "model");
    if (model.network() instanceof OnnxNetwork several && several.outputs().size() > 1) {
      NetworkBuilder builder = new NetworkBuilder(new Graph(), Mode.INFERENCE);
      Value x = builder.graph().input(Model.INPUT, model.input());
      List<Value> outputs = several.all(builder, x);
      var network = new Model.Network(builder.graph(), outputs.getFirst(), builder.layers());
      return new Heads(network, outputs);
    }
    Model.Network network = model.inference();
    return new Heads(network, List.of(network.output()));
  }

  /** {@return what is given anew for each example and read: its places among all inputs} */
  public Map<Integer, Value> inputs() {
    Set<Value> needed = needed(network.graph(), outputs);
    Map<Integer, Value> inputs = new LinkedHashMap<>();
    int place = 0;
    for (Value value : network.graph().values()) {
      if (value.op() instanceof Leaf.Input) {
        if (needed.contains(value)) {
          inputs.put(place, value);
        }
        place++;
      }
    }
    return inputs;
  }

  /** What values of a graph are made of, and they themselves. */
  static Set<Value> needed(Graph graph, Collection<Value> outputs) {
    Set<Value> needed = new HashSet<>(outputs);
    for (Value value : graph.values().reversed()) {
      if (needed.contains(value)) {
        needed.addAll(value.inputs());
      }
    }
    return needed;
  }

  /** What they are called in a file: one is {@code output}, several as in the file they are of. */
  List<String> names(Model model, Set<String> taken) {
    if (!(model.network() instanceof OnnxNetwork several) || several.outputs().size() == 1) {
      return List.of("output");
    }
    List<String> names = new ArrayList<>();
    for (OnnxOutput output : several.outputs()) {
      String free = output.name();
      for (int i = 2; taken.contains(free) || names.contains(free); i++) {
        free = output.name() + "_" + i;
      }
      names.add(free);
    }
    return names;
  }
}
