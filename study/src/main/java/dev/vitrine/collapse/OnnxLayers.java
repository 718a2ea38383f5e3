package dev.vitrine.collapse;

import dev.vitrine.collapse.OpLayer.Operand;
import dev.vitrine.error.UserException;
import dev.vitrine.graph.Graph;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.AdaptiveAvgPool2d;
import dev.vitrine.nn.AvgPool2d;
import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Named;
import dev.vitrine.nn.PRelu;
import dev.vitrine.nn.Permute;
import dev.vitrine.nn.Sequential;
import dev.vitrine.onnx.OnnxNetwork;
import dev.vitrine.op.AdaptiveAveragePool;
import dev.vitrine.op.Affine;
import dev.vitrine.op.AveragePool;
import dev.vitrine.op.BatchNorm;
import dev.vitrine.op.Broadcast;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.MaxPool;
import dev.vitrine.op.Reshape;
import dev.vitrine.op.Unary;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The layers of an ONNX file: each op is the layer that computes it, or an {@link OpLayer}. Where
 * the graph branches, its paths are wired as they were.
 */
final class OnnxLayers {
  private final Model model;
  private final Model.Network network;

  /** By whom each value is read, as often as it is. */
  private final Map<Value, List<Value>> users = new HashMap<>();

  private final Map<Value, String> names = new HashMap<>();
  private final Set<String> taken = new HashSet<>();

  /** The numbers of the layers, by their names there. */
  private final Map<String, float[]> numbers = new HashMap<>();

  private OnnxLayers(Model model) {
    this.model = model;
    network = model.inference();
  }

  /**
   * The same network in layers; itself if it is no ONNX file's.
   *
   * @throws UserException if it reads several inputs
   */
  static Model of(Model model) {
    return model.network() instanceof OnnxNetwork ? new OnnxLayers(model).translated() : model;
  }

  private Model translated() {
    List<Value> flowing = flowing();
    Map<Value, Integer> node = new HashMap<>();
    List<Wired.Node> nodes = new ArrayList<>();
    for (int i = 0; i < flowing.size(); i++) {
      Value value = flowing.get(i);
      if (value.op() instanceof Leaf.Input) {
        node.put(value, Wired.INPUT);
      } else if (!node.containsKey(value)) {
        List<Integer> from = read(value).stream().map(node::get).toList();
        if (from.size() == 1) {
          List<Layer> layers = new ArrayList<>();
          Value last = path(value, layers);
          nodes.add(new Wired.Node("", Sequential.of(layers), from, end(last)));
          for (Value on = last; on != value; on = read(on).getFirst()) {
            node.put(on, nodes.size() - 1);
          }
        } else {
          nodes.add(new Wired.Node(name(value), operation(value), from, ""));
        }
        node.put(value, nodes.size() - 1);
      }
    }
    boolean path = nodes.size() == 1;
    Model translated = Model.of(path ? nodes.getFirst().layer() : new Wired(nodes), model.input());
    numbers.forEach((name, values) -> translated.parameters().set(name, values));
    return translated;
  }

  /** What the output is made of and differs from example to example, in order. */
  private List<Value> flowing() {
    Set<Value> needed = new HashSet<>();
    List<Value> open = new ArrayList<>(List.of(network.output()));
    while (!open.isEmpty()) {
      Value value = open.removeLast();
      if (value.perExample() && needed.add(value)) {
        read(value).forEach(from -> users.computeIfAbsent(from, _ -> new ArrayList<>()).add(value));
        open.addAll(value.inputs());
      }
    }
    List<Value> flowing = network.graph().values().stream().filter(needed::contains).toList();
    List<Value> inputs =
        flowing.stream().filter(value -> value.op() instanceof Leaf.Input).toList();
    if (inputs.size() != 1) {
      throw new UserException(
          "%s reads %s inputs: a network that is collapsed has one"
              .formatted(model.network().text(), inputs.size()));
    }
    return flowing;
  }

  private static List<Value> read(Value value) {
    return value.inputs().stream().filter(Value::perExample).toList();
  }

  /** Layers as far as each is read by the next alone; the last value. */
  private Value path(Value first, List<Layer> layers) {
    Value last = first;
    layers.add(Named.of(name(first), layer(first)));
    while (users.getOrDefault(last, List.of()).size() == 1) {
      Value next = users.get(last).getFirst();
      if (read(next).size() > 1) {
        break;
      }
      layers.add(Named.of(name(next), layer(next)));
      last = next;
    }
    return last;
  }

  /** Why a path goes no further. */
  private String end(Value last) {
    List<Value> after = users.getOrDefault(last, List.of());
    if (after.isEmpty()) {
      return "the network ends";
    }
    List<String> readers = after.stream().map(this::name).distinct().toList();
    return after.size() == 1
        ? "%s: other paths come in there".formatted(readers.getFirst())
        : "the graph branches: %s read%s its answer"
            .formatted(
                readers.size() == 1 ? readers.getFirst() : listed(readers),
                readers.size() == 1 ? "s more than once" : "");
  }

  private static String listed(List<String> names) {
    return String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
  }

  private String name(Value value) {
    String name = names.get(value);
    if (name == null) {
      String wanted =
          value.scope().isBlank() ? value.op().getClass().getSimpleName() : value.scope();
      name = Walk.free(wanted, taken);
      names.put(value, name);
    }
    return name;
  }

  private Layer layer(Value value) {
    List<Value> inputs = value.inputs();
    boolean first = inputs.getFirst().perExample();
    Layer layer =
        switch (value.op()) {
          case Convolution c when first ->
              new Conv2d(value.shape().size(0), c.window(), false, c.groups(), c.bias());
          case Affine a when first -> Linear.of(value.shape().size(0)).bias(a.bias());
          case AveragePool p -> new AvgPool2d(p.window(), false, p.countPadding());
          case AdaptiveAveragePool p -> AdaptiveAvgPool2d.of(p.height(), p.width());
          case MaxPool p -> new MaxPool2d(p.window(), false);
          case BatchNorm n when first && !n.ofBatch() && value.shape().rank() == 3 ->
              BatchNorm2d.of().eps(n.eps());
          case dev.vitrine.op.PRelu _ when first -> PRelu.of();
          case dev.vitrine.op.Permute p -> new Permute(p.order());
          case Unary u -> new Activation(u);
          case Reshape _ when value.shape().rank() == 1 -> Flatten.of();
          default -> operation(value);
        };
    if (!(layer instanceof OpLayer)) {
      List<String> local =
          layer instanceof BatchNorm2d
              ? List.of("running_mean", "running_var", "weight", "bias")
              : List.of("weight", "bias");
      for (int i = 1; i < inputs.size(); i++) {
        numbers.put(name(value) + "." + local.get(i - 1), values(inputs.get(i)));
      }
    }
    return layer;
  }

  private OpLayer operation(Value value) {
    List<Operand> operands = new ArrayList<>();
    Set<String> locals = new HashSet<>();
    for (Value input : value.inputs()) {
      if (input.perExample()) {
        operands.add(new Operand("", input.shape(), Optional.empty(), false));
        continue;
      }
      boolean spread = input.op() instanceof Broadcast;
      Value stored = spread ? input.inputs().getFirst() : input;
      boolean learned = stored.op() instanceof Leaf.Parameter;
      String leaf = learned ? ((Leaf.Parameter) stored.op()).name() : "number";
      String local = Walk.free(leaf.substring(leaf.lastIndexOf('.') + 1), locals);
      Optional<Shape> to = spread ? Optional.of(input.shape()) : Optional.empty();
      operands.add(new Operand(local, stored.shape(), to, learned));
      numbers.put(name(value) + "." + local, values(stored));
    }
    return new OpLayer(value.op(), operands);
  }

  /** The numbers of what is the same for all examples. */
  private float[] values(Value shared) {
    if (shared.op() instanceof Leaf.Parameter(String name, var _)) {
      return model.parameters().get(name);
    }
    if (shared.op() instanceof Leaf.Buffer(String name, var _)) {
      return model.parameters().get(name);
    }
    Graph graph = new Graph();
    Value again = copied(shared, graph, new HashMap<>());
    double[] computed = Numerics.interpreter(model, 1).run(graph).of(again);
    float[] singles = new float[computed.length];
    for (int i = 0; i < singles.length; i++) {
      singles[i] = (float) computed[i];
    }
    return singles;
  }

  private static Value copied(Value value, Graph graph, Map<Value, Value> known) {
    Value copy = known.get(value);
    if (copy == null) {
      copy =
          switch (value.op()) {
            case Leaf.Parameter p -> graph.parameter(p.name(), p.shape());
            case Leaf.Buffer b -> graph.buffer(b.name(), b.shape());
            default ->
                graph.apply(
                    value.op(),
                    value.inputs().stream()
                        .map(input -> copied(input, graph, known))
                        .toArray(Value[]::new));
          };
      known.put(value, copy);
    }
    return copy;
  }
}
