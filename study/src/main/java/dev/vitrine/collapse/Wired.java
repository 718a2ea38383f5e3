package dev.vitrine.collapse;

import dev.vitrine.graph.Graph;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.NetworkBuilder;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A network whose paths of layers part and meet: a file's graph.
 *
 * @param nodes in an order in which each comes after those that it reads; the last is the output
 */
record Wired(List<Node> nodes) implements Layer {
  /** What comes in, among the places that a node reads. */
  static final int INPUT = -1;

  /**
   * A path of layers, or an op where paths meet.
   *
   * @param name what an op is called; layers of a path have their own names
   * @param layer the layers, or an {@link OpLayer} that reads several values
   * @param from the places of the nodes that it reads, {@link #INPUT} among them
   * @param end why a linear chain ends that the path ends with
   */
  record Node(String name, Layer layer, List<Integer> from, String end) {
    Node {
      from = List.copyOf(from);
    }

    boolean isPath() {
      return !(layer instanceof OpLayer);
    }

    Node with(Layer other) {
      return new Node(name, other, from, end);
    }
  }

  Wired {
    nodes = List.copyOf(nodes);
  }

  @Override
  public Value apply(NetworkBuilder network, Value x) {
    return values(network, x).getLast();
  }

  /** What the shapes of the nodes' answers are. */
  List<Shape> shapes(Shape in) {
    NetworkBuilder network = new NetworkBuilder(new Graph(), Mode.INFERENCE);
    return values(network, network.graph().input(Model.INPUT, in)).stream()
        .map(Value::shape)
        .toList();
  }

  private List<Value> values(NetworkBuilder network, Value x) {
    List<Value> values = new ArrayList<>();
    for (Node node : nodes) {
      List<Value> read =
          node.from().stream().map(from -> from == INPUT ? x : values.get(from)).toList();
      values.add(
          node.layer() instanceof OpLayer op
              ? network.graph().within(node.name(), () -> op.apply(network, read))
              : node.layer().apply(network, read.getFirst()));
    }
    return values;
  }

  @Override
  public String toString() {
    return "a graph of %s paths".formatted(nodes.size());
  }
}
