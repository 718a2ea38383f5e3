package dev.vitrine.summary;

import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.Named;
import dev.vitrine.op.Affine;
import dev.vitrine.op.Binary;
import dev.vitrine.op.Concat;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.Cost;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.Reshape;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads a summary off a network's graphs. */
final class SummaryBuilder {
  private final Shape input;
  private final Convention convention;
  private final NetworkGraphs.Forward forward;
  private final Map<String, List<Value>> backward;
  private final Map<Value, ReceptiveField> fields;

  /** What inference computes: all but the heads of training. */
  private final Set<Value> inferred = new HashSet<>();

  SummaryBuilder(Layer network, Shape input, Convention convention) {
    this.input = input;
    this.convention = convention;
    forward = NetworkGraphs.forward(network, input, Mode.INFERENCE);
    backward = NetworkGraphs.backward(network, input, convention.biases());
    fields = ReceptiveField.of(forward.graph().values());
    inferred.add(forward.output());
    for (Value value : forward.graph().values().reversed()) {
      if (inferred.contains(value)) {
        inferred.addAll(value.inputs());
      }
    }
  }

  Summary build() {
    List<Summary.Row> rows = new ArrayList<>();
    NetworkGraphs.byLayer(forward.graph().values())
        .forEach((scope, values) -> {
          if (values.stream().anyMatch(v -> !(v.op() instanceof Leaf))) {
            rows.add(row(scope, values));
          }
        });
    return new Summary(input, convention, rows);
  }

  private Summary.Row row(String scope, List<Value> values) {
    List<Value> computed = values.stream().filter(v -> !(v.op() instanceof Leaf)).toList();
    List<Value> gradients = backward.getOrDefault(scope, List.of());
    List<Value> inputs = inputs(computed);
    Value output = computed.getLast();
    List<Shape> weights = parameters(values, /* added= */ false);
    List<Shape> biases = convention.biases() ? parameters(values, /* added= */ true) : List.of();
    boolean idle = !inferred.contains(output);
    Cost cost = idle ? Cost.ZERO : cost(computed);
    boolean view = idle || computed.stream().allMatch(v -> v.op() instanceof Reshape);
    long parameters = Explanation.elements(weights) + Explanation.elements(biases);
    long read = inputs.stream().mapToLong(v -> v.shape().elements()).sum();
    long n = convention.batch();
    long written = n * output.shape().elements();
    long moved = view ? 0 : n * read + parameters + fixed(values) + written;
    Optional<ReceptiveField> field = Optional.ofNullable(fields.get(output));

    Explanation explanation = new Explanation(convention);
    explanation.parameters(weights, biases);
    for (Value value : computed) {
      explanation.output(value.op(), image(value).shape(), value.shape());
    }
    if (!idle) {
      explanation.forward(computed);
    }
    explanation.backward(gradients);
    explanation.activations(output.shape(), view ? 0 : Float.BYTES * written);
    for (Value value : computed) {
      Value x = image(value);
      explanation.field(value.op(), x.shape(), fields.get(x), fields.get(value));
    }
    explanation.intensity(convention.flops(cost), moved, List.of(n * read, parameters, written));
    return new Summary.Row(
        scope.isEmpty() ? "output" : scope,
        text(scope, computed, inputs) + (idle ? ", in training" : ""),
        kind(computed),
        inputs.stream().map(Value::shape).toList(),
        output.shape(),
        weights,
        Explanation.elements(weights),
        Explanation.elements(biases),
        fixed(values),
        cost,
        cost(gradients),
        view ? 0 : Float.BYTES * written,
        Float.BYTES * moved,
        field,
        explanation.formulas());
  }

  /** What a window slides over, or is spread out. */
  private static Value image(Value value) {
    boolean transposed = value.op() instanceof Convolution.InputGradient;
    return transposed ? value.inputs().getLast() : value.inputs().getFirst();
  }

  /** What a layer reads of others, parameters aside. */
  private static List<Value> inputs(List<Value> computed) {
    Set<Value> outer = new LinkedHashSet<>();
    for (Value value : computed) {
      for (Value x : value.inputs()) {
        boolean given = x.op() instanceof Leaf && !(x.op() instanceof Leaf.Input);
        if (!given && !computed.contains(x)) {
          outer.add(x);
        }
      }
    }
    return List.copyOf(outer);
  }

  /** The learned numbers that multiply, or those that are added. */
  private List<Shape> parameters(List<Value> values, boolean added) {
    return values.stream()
        .filter(v -> v.op() instanceof Leaf.Parameter p && forward.isAdded(p) == added)
        .map(Value::shape)
        .toList();
  }

  /** Numbers that are given with the layer, as parameters or in the graph; no running averages. */
  private long fixed(List<Value> values) {
    return values.stream()
        .filter(v ->
            switch (v.op()) {
              case Leaf.Buffer buffer -> forward.isFixed(buffer);
              case Leaf.Constant constant -> !constant.isUniform();
              default -> false;
            })
        .mapToLong(v -> v.shape().elements())
        .sum();
  }

  private Cost cost(List<Value> values) {
    return values.stream()
        .map(value -> new Arithmetic(value, convention).cost())
        .reduce(Cost.ZERO, Cost::plus);
  }

  private static Summary.Kind kind(List<Value> computed) {
    Stream<Summary.Kind> kinds =
        computed.stream()
            .map(value ->
                switch (value.op()) {
                  case Convolution _, Convolution.InputGradient _ -> Summary.Kind.CONVOLUTION;
                  case Affine _ -> Summary.Kind.DENSE;
                  default -> Summary.Kind.OTHER;
                });
    return kinds.filter(k -> k != Summary.Kind.OTHER).findFirst().orElse(Summary.Kind.OTHER);
  }

  /** The layer as one would write it; of one that holds others, what it does with their outputs. */
  private String text(String scope, List<Value> computed, List<Value> inputs) {
    Layer layer = forward.layers().get(scope);
    while (layer instanceof Named named) {
      layer = named.layer();
    }
    String text = layer == null ? "" : layer.text();
    if (!text.isEmpty() && text.lines().count() == 1 && !text.contains("Sequential(")) {
      return text;
    }
    return switch (computed.getLast().op()) {
      case Concat _ -> "Concat(%s)".formatted(inputs.size());
      case Binary add when add == Binary.ADD -> "Add";
      default -> new Arithmetic(computed.getLast(), convention).name();
    };
  }
}
