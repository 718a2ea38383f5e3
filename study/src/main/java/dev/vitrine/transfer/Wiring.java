package dev.vitrine.transfer;

import dev.vitrine.graph.Graph;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.NetworkBuilder;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.op.Affine;
import dev.vitrine.op.AveragePool;
import dev.vitrine.op.BatchNorm;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.MaxPool;
import dev.vitrine.op.Unary;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.Set;

/**
 * What a network's graph says of its parameters: which of them meet a flattened image, which are
 * filters, which make the network's output, and which layer comes before which. No number is
 * allocated.
 */
final class Wiring {
  private static final int IMAGE_AXES = 3;
  private static final int COLOURS = 3;

  private final List<ParameterSpec> specs;
  private final Map<String, List<Shape>> flattened = new HashMap<>();
  private final Set<String> filters = new HashSet<>();
  private final Set<String> ofOutput = new HashSet<>();
  private final Set<String> ofColours = new HashSet<>();
  private final Set<Value> pictures = new HashSet<>();
  private final Map<String, Double> eps = new HashMap<>();
  private final Map<String, Value> users = new HashMap<>();
  private final Map<Value, BitSet> ancestors = new HashMap<>();
  private final SequencedMap<String, List<ParameterSpec>> layers = new LinkedHashMap<>();
  private final int outputs;

  private Wiring(List<ParameterSpec> specs, int outputs) {
    this.specs = List.copyOf(specs);
    specs.forEach(
        spec -> layers.computeIfAbsent(Names.stem(spec.name()), _ -> new ArrayList<>()).add(spec));
    this.outputs = outputs;
  }

  static Wiring of(Layer network, Shape input) {
    NetworkBuilder builder = new NetworkBuilder(new Graph(), Mode.INFERENCE);
    Value output = builder.build(network, input);
    Wiring wiring = new Wiring(builder.parameters(), output.shape().elements());
    Pieces pieces = new Pieces();
    builder
        .graph()
        .values()
        .forEach(value -> {
          pieces.enter(value);
          wiring.enter(value, pieces);
        });
    wiring.enterOutput(output);
    return wiring;
  }

  private void enter(Value value, Pieces pieces) {
    BitSet before = new BitSet();
    value
        .inputs()
        .forEach(input -> {
          before.set(input.id());
          before.or(ancestors.get(input));
          leaf(input).ifPresent(name -> users.putIfAbsent(Names.stem(name), value));
        });
    ancestors.put(value, before);
    if (isPicture(value)) {
      pictures.add(value);
    }
    if (value.op() instanceof BatchNorm norm) {
      leaf(value.inputs().get(2)).ifPresent(name -> eps.put(Names.stem(name), norm.eps()));
    }
    if (value.op() instanceof Convolution convolution) {
      leaf(value.inputs().get(1)).ifPresent(filters::add);
      if (convolution.groups() == 1 && pictures.contains(value.inputs().getFirst())) {
        leaf(value.inputs().get(1)).ifPresent(ofColours::add);
      }
    }
    List<Shape> read = value.inputs().isEmpty() ? List.of() : pieces.of(value.inputs().getFirst());
    if (!read.isEmpty()) {
      int features = value.inputs().getFirst().shape().elements();
      value.inputs().stream()
          .filter(input -> input.shape().rank() > 0)
          .filter(input -> input.shape().size(input.shape().rank() - 1) == features)
          .flatMap(input -> leaf(input).stream())
          .forEach(name -> flattened.put(name, read));
    }
  }

  /** Whether it is the coloured input, at most pooled or changed number by number. */
  private boolean isPicture(Value value) {
    return switch (value.op()) {
      case Leaf.Input input ->
          input.shape().rank() == IMAGE_AXES && input.shape().size(0) == COLOURS;
      case Unary _, MaxPool _, AveragePool _ -> pictures.contains(value.inputs().getFirst());
      default -> false;
    };
  }

  /** Goes back from the output to the layer that makes it, over what keeps its channels apart. */
  private void enterOutput(Value output) {
    int classes = output.shape().rank() == 0 ? 1 : output.shape().size(0);
    for (Value value = output; !value.inputs().isEmpty(); value = value.inputs().getFirst()) {
      if (value.shape().rank() == 0 || value.shape().size(0) != classes) {
        return;
      }
      for (Value input : value.inputs()) {
        leaf(input)
            .filter(_ -> input.shape().rank() > 0 && input.shape().size(0) == classes)
            .ifPresent(ofOutput::add);
      }
      if (value.op() instanceof Affine || value.op() instanceof Convolution) {
        return;
      }
      if (value.inputs().stream().filter(Value::perExample).count() != 1) {
        ofOutput.clear();
        return;
      }
    }
  }

  private static Optional<String> leaf(Value value) {
    return switch (value.op()) {
      case Leaf.Parameter parameter -> Optional.of(parameter.name());
      case Leaf.Buffer buffer -> Optional.of(buffer.name());
      default -> Optional.empty();
    };
  }

  /** How many numbers the network answers. */
  int outputs() {
    return outputs;
  }

  /** The parameters and buffers, in order. */
  List<ParameterSpec> specs() {
    return specs;
  }

  /** The layers' parameters by the layers' names, both in order. */
  SequencedMap<String, List<ParameterSpec>> layers() {
    return Collections.unmodifiableSequencedMap(layers);
  }

  /**
   * Of what the last axis of a parameter is put together: flattened images (C, H, W) among it, in
   * the order of (C, H, W); none if it meets no such thing.
   */
  List<Shape> flattened(String parameter) {
    return flattened.getOrDefault(parameter, List.of());
  }

  /** What a layer adds to its variance, if it normalises. */
  OptionalDouble eps(String layer) {
    return eps.containsKey(layer) ? OptionalDouble.of(eps.get(layer)) : OptionalDouble.empty();
  }

  /** Whether it is a convolution's filters. */
  boolean isFilter(String parameter) {
    return filters.contains(parameter);
  }

  /** Whether it is the filters of a convolution whose inputs are the picture's three colours. */
  boolean readsColours(String parameter) {
    return ofColours.contains(parameter);
  }

  /** Whether its first axis is the network's outputs. */
  boolean isOfOutput(String parameter) {
    return ofOutput.contains(parameter);
  }

  /** Whether everything passes one of two layers before the other. */
  boolean areInLine(String layer, String other) {
    Value one = users.get(layer);
    Value two = users.get(other);
    return one == null
        || two == null
        || one == two
        || ancestors.get(one).get(two.id())
        || ancestors.get(two).get(one.id());
  }
}
