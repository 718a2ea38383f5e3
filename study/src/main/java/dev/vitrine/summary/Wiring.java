package dev.vitrine.summary;

import dev.vitrine.graph.Graph;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Model;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Which layer reads what of which: a network as a drawing of boxes and arrows. */
public final class Wiring {
  /** What the network's input is called, as the begin of an arrow. */
  public static final String INPUT = "input";

  /**
   * An arrow.
   *
   * @param from the path of the layer that is read, or {@link #INPUT}
   * @param to the path of the layer that reads it
   */
  public record Arrow(String from, String to) {}

  private Wiring() {}

  /**
   * {@return the arrows between layers, in the order of computation, each once} A layer that
   * computes nothing of its own when the network is used, as dropout, is passed through.
   *
   * @param network the layers
   * @param input the shape of an example
   * @throws dev.vitrine.error.UserException if a layer does not fit its input
   */
  public static List<Arrow> of(Layer network, Shape input) {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(input, "input");
    return of(Model.inference(network, input).graph());
  }

  private static List<Arrow> of(Graph graph) {
    Map<Value, String> places = new LinkedHashMap<>();
    Set<Arrow> arrows = new LinkedHashSet<>();
    for (Value value : graph.values()) {
      if (value.op() instanceof Leaf.Input) {
        places.put(value, INPUT);
      } else if (value.perExample() && !(value.op() instanceof Leaf)) {
        String own = value.scope();
        for (Value read : value.inputs()) {
          String from = places.get(read);
          if (from != null && !from.equals(own) && !own.isEmpty()) {
            arrows.add(new Arrow(from, own));
          }
        }
        places.put(value, own.isEmpty() ? places.getOrDefault(first(value), INPUT) : own);
      }
    }
    return List.copyOf(arrows);
  }

  private static Value first(Value value) {
    return value.inputs().getFirst();
  }
}
