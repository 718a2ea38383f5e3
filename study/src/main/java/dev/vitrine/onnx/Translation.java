package dev.vitrine.onnx;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.NetworkBuilder;
import dev.vitrine.op.Value;
import dev.vitrine.weights.onnx.OnnxModel;
import dev.vitrine.weights.onnx.OnnxNode;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.StoredTensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** One pass over a graph's nodes, each of which adds its layer to a network. */
final class Translation {
  private static final Map<String, Operator> OPERATORS = new HashMap<>();

  static {
    ElementOperators.register(OPERATORS);
    ArithmeticOperators.register(OPERATORS);
    ImageOperators.register(OPERATORS);
    ChannelOperators.register(OPERATORS);
    DenseOperators.register(OPERATORS);
    SoftmaxOperators.register(OPERATORS);
    ShapeOperators.register(OPERATORS);
    ConstantOperators.register(OPERATORS);
    ConstantLogic.register(OPERATORS);
    Reductions.register(OPERATORS);
    Normalisations.register(OPERATORS);
    GridForms.register(OPERATORS);
  }

  private final OnnxModel model;
  private final Map<String, Stored> fixed;
  private final NetworkBuilder network;
  private final Map<String, Datum> data = new HashMap<>();
  private final Set<String> lost = new HashSet<>();

  /** Values that flow and are whole numbers in the file. */
  private final Set<String> whole = new HashSet<>();

  /** Values that are on a grid, and whole numbers in the file. */
  private final Set<String> onGrid = new HashSet<>();

  /** Outputs that are known of and not made, such as the places of maxima, and what of. */
  private final Map<String, String> unmade = new HashMap<>();

  private final Set<String> names = new HashSet<>();
  private final Stores stores = new Stores();
  private final Constants constants = new Constants();
  private final List<String> faults = new ArrayList<>();

  /**
   * A pass.
   *
   * @param fixed inputs that are given once and for all
   */
  Translation(OnnxModel model, Map<String, Stored> fixed, NetworkBuilder network) {
    this.model = model;
    this.fixed = fixed;
    this.network = network;
  }

  void input(String name, Datum datum, boolean isWhole) {
    data.put(name, datum);
    if (isWhole) {
      whole.add(name);
    }
  }

  /** What is wrong, a node each. */
  List<String> faults() {
    return faults;
  }

  /** The numbers of the parameters and buffers. */
  Map<String, Supplier<float[]>> numbers() {
    return stores.numbers();
  }

  /** The tensors of the file that parameters and buffers are of, by the names of these. */
  Map<String, StoredTensor> tensors() {
    Map<String, StoredTensor> tensors = new HashMap<>();
    stores.tensors().forEach((name, of) -> of.stored().ifPresent(it -> tensors.put(name, it)));
    return tensors;
  }

  /** The numbers that nodes read and that are neither. */
  List<OnnxConstant> constants() {
    return constants.without(stores.tensors().values());
  }

  /** Translates what outputs need; they are missing if there are faults. */
  Optional<List<Datum>> run(List<String> outputs) {
    Known.within(
        given(),
        () -> {
          for (OnnxNode node : needed(outputs)) {
            translate(node);
          }
        });
    List<Datum> found = new ArrayList<>();
    for (String output : faults.isEmpty() ? outputs : List.<String>of()) {
      if (onGrid.contains(output)) {
        faults.add(
            "%s is made of whole numbers: let a DequantizeLinear follow"
                .formatted(Quote.of(output)));
      }
      find(output)
          .ifPresentOrElse(
              found::add,
              () ->
                  faults.add(
                      unmade.containsKey(output)
                          ? "%s, a further output of %s, is not made"
                              .formatted(Quote.of(output), unmade.get(output))
                          : "no node makes %s".formatted(Quote.of(output))));
    }
    return faults.isEmpty() ? Optional.of(found) : Optional.empty();
  }

  /** How many numbers the file has. */
  private long given() {
    return model.graph().initialisers().values().stream()
        .mapToLong(stored -> stored instanceof Stored.Numbers of ? of.tensor().elements() : 0)
        .sum();
  }

  private List<OnnxNode> needed(List<String> outputs) {
    Set<String> wanted = new HashSet<>(outputs);
    List<OnnxNode> needed = new ArrayList<>();
    for (OnnxNode node : GeluPattern.replaced(model.graph()).reversed()) {
      if (node.outputs().stream().anyMatch(name -> !name.isEmpty() && wanted.contains(name))) {
        wanted.addAll(node.inputs());
        needed.add(node);
      }
    }
    return needed.reversed();
  }

  private Optional<Datum> find(String name) {
    Datum known = data.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    Stored stored = fixed.getOrDefault(name, model.graph().initialisers().get(name));
    if (stored == null) {
      return Optional.empty();
    }
    Datum datum = Site.known(stored);
    data.put(name, datum);
    return Optional.of(datum);
  }

  private void translate(OnnxNode node) {
    long opset = model.opsets().getOrDefault(node.domain(), 0L);
    Operator operator = node.domain().isEmpty() ? OPERATORS.get(node.operator()) : null;
    if (operator == null) {
      fault(
          node,
          opset,
          node.domain().isEmpty()
              ? WholeNumbers.isArithmetic(node)
                  ? "sums of whole numbers are not done: write the network with QuantizeLinear and DequantizeLinear around float operators (QDQ)"
                  : "the operator is not among those that are done"
              : "operators of the domain " + Quote.of(node.domain()) + " are not done");
      return;
    }
    if (node.inputs().stream().anyMatch(lost::contains)) {
      lost.addAll(node.outputs());
      return;
    }
    try {
      boolean isWhole = node.inputs().stream().anyMatch(whole::contains);
      WholeNumbers.checkGrids(node, onGrid);
      List<Datum> outputs = apply(node, opset, operator);
      WholeNumbers.noteGrids(node, outputs, onGrid);
      if (isWhole) {
        WholeNumbers.check(node, outputs, whole);
      }
      for (int i = 0; i < node.outputs().size(); i++) {
        String name = node.outputs().get(i);
        if (name.isEmpty()) {
          continue;
        }
        if (i >= outputs.size()) {
          unmade.put(name, node.operator());
          continue;
        }
        if (data.put(name, outputs.get(i)) != null) {
          throw new Refusal("its output %s is another node's too".formatted(Quote.of(name)));
        }
      }
    } catch (Refusal e) {
      fault(node, opset, e.getMessage());
    } catch (UserException | IllegalArgumentException | ArithmeticException e) {
      fault(node, opset, String.valueOf(e.getMessage()));
    } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
      fault(node, opset, "its settings do not fit what it reads");
    }
  }

  private void fault(OnnxNode node, long opset, String why) {
    lost.addAll(node.outputs());
    String name = node.name().isEmpty() ? String.join(", ", node.outputs()) : node.name();
    faults.add("%s (%s, opset %s): %s".formatted(Quote.of(name), node.operator(), opset, why));
  }

  private List<Datum> apply(OnnxNode node, long opset, Operator operator) {
    List<Optional<Datum>> inputs = new ArrayList<>();
    for (String input : node.inputs()) {
      Optional<Datum> found = input.isEmpty() ? Optional.empty() : find(input);
      if (!input.isEmpty() && found.isEmpty()) {
        throw new Refusal(
            unmade.containsKey(input)
                ? "it reads %s, a further output of %s, which is not made"
                    .formatted(Quote.of(input), unmade.get(input))
                : "it reads %s, which nothing before it makes".formatted(Quote.of(input)));
      }
      inputs.add(found);
    }
    Site site = new Site(node, opset, inputs, network, stores);
    Optional<Value> first =
        inputs.stream()
            .flatMap(Optional::stream)
            .filter(Flowing.class::isInstance)
            .map(datum -> ((Flowing) datum).value())
            .findFirst();
    if (first.isEmpty()) {
      return operator.translate(site);
    }
    constants.add(node, inputs);
    NodeLayer layer = new NodeLayer(site, operator, first.get());
    network.add(name(node), layer, first.get());
    return layer.outputs;
  }

  /** What a node's layer is called: as its weight is, if that has a name with a layer's in it. */
  private String name(OnnxNode node) {
    String name = node.name().isEmpty() ? "" : node.name();
    if (node.inputs().size() > 1 && node.inputs().get(1).endsWith(".weight")) {
      String weight = node.inputs().get(1);
      name = weight.substring(0, weight.length() - ".weight".length());
    }
    name = name.replace('/', '.').replaceAll("^\\.+|\\.+$", "");
    if (name.isEmpty()) {
      name = node.operator().toLowerCase(java.util.Locale.ROOT) + "1";
    }
    String free = name;
    for (int i = 2; !names.add(free); i++) {
      free = name.replaceAll("1$", "") + (name.endsWith("1") ? "" : "_") + i;
    }
    return free;
  }

  /** A node as a layer of the network: its text is what it became. */
  private static final class NodeLayer implements Layer {
    private final Site site;
    private final Operator operator;
    private final Value otherwise;
    private List<Datum> outputs = List.of();

    NodeLayer(Site site, Operator operator, Value otherwise) {
      this.site = site;
      this.operator = operator;
      this.otherwise = otherwise;
    }

    @Override
    public Value apply(NetworkBuilder network, Value x) {
      outputs = operator.translate(site);
      return outputs.getFirst() instanceof Flowing f ? f.value() : otherwise;
    }

    @Override
    public String toString() {
      return site.text();
    }
  }
}
