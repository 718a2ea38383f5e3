package dev.vitrine.nn;

import dev.vitrine.graph.Graph;
import dev.vitrine.graph.Rewrite;
import dev.vitrine.op.Affine;
import dev.vitrine.op.BatchNorm;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.Op;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A model made ready for inference: every batch normalisation that alone reads a convolution or a
 * dense layer becomes part of its weights, since both are linear in each output channel o:
 *
 * <pre>
 *   s[o] = γ[o] / √(running_var[o] + eps)
 *   weight′[o, …] = weight[o, …] · s[o]
 *   bias′[o]      = (bias[o] − running_mean[o]) · s[o] + β[o]
 * </pre>
 *
 * Other normalisations stay. Weights are rounded once, so answers differ from the model's own in
 * the last bits. The model's parameters are never written.
 */
public final class Folding {
  /** A layer and the normalisation that becomes part of it; {@code bias} is its bias's name. */
  record Fold(Value layer, Value norm, String bias) {
    String weight() {
      return name(layer.inputs().get(1));
    }

    /** What becomes of the numbers of this moment. */
    Scaling scaling(Parameters numbers) {
      float[] mean = numbers(numbers, norm, 1);
      float[] variance = numbers(numbers, norm, 2);
      float[] gamma = numbers(numbers, norm, 3);
      float[] beta = numbers(numbers, norm, 4);
      float[] own = layer.inputs().size() > 2 ? numbers(numbers, layer, 2) : new float[mean.length];
      double eps = ((BatchNorm) norm.op()).eps();
      double[] s = new double[mean.length];
      float[] folded = new float[mean.length];
      for (int o = 0; o < mean.length; o++) {
        s[o] = gamma[o] / Math.sqrt(variance[o] + eps);
        folded[o] = (float) (((double) own[o] - mean[o]) * s[o] + beta[o]);
      }
      return new Scaling(s, folded);
    }

    private static float[] numbers(Parameters numbers, Value reader, int input) {
      return numbers.get(name(reader.inputs().get(input)));
    }
  }

  /**
   * What a fold multiplies weights by.
   *
   * @param s the factor of each filter
   * @param bias what becomes of the biases
   */
  @SuppressWarnings("ArrayRecordComponent") // made once, never compared
  record Scaling(double[] s, float[] bias) {}

  private final Model model;
  private final Model.Network whole;
  private final Rewrite.Result rewritten;
  private final Parameters parameters;
  private final List<Fold> folds;

  private Folding(
      Model model,
      Model.Network whole,
      Rewrite.Result rewritten,
      Parameters parameters,
      List<Fold> folds) {
    this.model = model;
    this.whole = whole;
    this.rewritten = rewritten;
    this.parameters = parameters;
    this.folds = folds;
  }

  /**
   * Folds a model; one without anything to fold keeps its own graph and parameters.
   *
   * @param model what to fold; it is not changed
   * @return the folding, with the model's numbers of this moment
   */
  public static Folding of(Model model) {
    Objects.requireNonNull(model, "model");
    Model.Network whole = model.inference();
    List<Fold> folds = folds(whole);
    Rewrite.Result rewritten = rewrite(whole, folds);
    if (folds.isEmpty()) {
      return new Folding(model, whole, rewritten, model.parameters(), folds);
    }
    Parameters parameters = Parameters.zeros(layout(rewritten.graph()));
    Folding folding = new Folding(model, whole, rewritten, parameters, folds);
    folding.refresh();
    return folding;
  }

  /** Where a graph's stored numbers lie. */
  static Layout layout(Graph graph) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    for (Value value : graph.values()) {
      if (isStored(value)) {
        shapes.put(name(value), value.shape());
      }
    }
    return Layout.of(shapes);
  }

  /** {@return the folded graph and its output} */
  public Model.Network network() {
    return new Model.Network(rewritten.graph(), rewritten.of(whole.output()), whole.layers());
  }

  /** {@return the model's own graph, none of whose values is folded away} */
  public Model.Network whole() {
    return whole;
  }

  /** {@return how the model's own graph became the folded one, without any numbers} */
  public Rewrite.Result rewritten() {
    return rewritten;
  }

  /**
   * {@return what a value of the model's own graph is in the folded one; absent if it is folded
   * away}
   *
   * @param value a value of the model's own graph
   */
  public Optional<Value> find(Value value) {
    Objects.requireNonNull(value, "value");
    return rewritten.find(value);
  }

  /**
   * {@return the folded graph's numbers: those of the model when it was folded or last refreshed}
   */
  public Parameters parameters() {
    return parameters;
  }

  /** Takes over the numbers that the model has by now. */
  public void refresh() {
    if (folds.isEmpty()) {
      return;
    }
    Set<String> computed = new HashSet<>();
    for (Fold fold : folds) {
      computed.add(fold.weight());
      computed.add(fold.bias());
      refresh(fold);
    }
    for (Layout.Entry entry : parameters.layout().entries()) {
      if (!computed.contains(entry.name())) {
        parameters.set(entry.name(), model.parameters().get(entry.name()));
      }
    }
  }

  private void refresh(Fold fold) {
    float[] weight = model.parameters().get(fold.weight());
    Scaling scaling = fold.scaling(model.parameters());
    int filter = weight.length / scaling.s.length;
    for (int i = 0; i < weight.length; i++) {
      weight[i] = (float) (weight[i] * scaling.s[i / filter]);
    }
    parameters.set(fold.weight(), weight);
    parameters.set(fold.bias(), scaling.bias);
  }

  private static boolean isStored(Value value) {
    return value.op() instanceof Leaf.Parameter || value.op() instanceof Leaf.Buffer;
  }

  private static String name(Value stored) {
    return switch (stored.op()) {
      case Leaf.Parameter parameter -> parameter.name();
      case Leaf.Buffer buffer -> buffer.name();
      default -> throw new IllegalArgumentException(stored + " has no stored numbers");
    };
  }

  static List<Fold> folds(Model.Network network) {
    Map<Value, Integer> readers = new HashMap<>();
    readers.put(network.output(), 1);
    network
        .graph()
        .values()
        .forEach(v -> v.inputs().forEach(x -> readers.merge(x, 1, Integer::sum)));
    Set<String> taken = new HashSet<>();
    network.graph().values().stream()
        .filter(Folding::isStored)
        .forEach(stored -> taken.add(name(stored)));
    List<Fold> folds = new ArrayList<>();
    for (Value norm : network.graph().values()) {
      if (norm.op() instanceof BatchNorm op && !op.ofBatch()) {
        Value layer = norm.inputs().getFirst();
        boolean linear = layer.op() instanceof Convolution || layer.op() instanceof Affine;
        if (linear
            && readers.get(layer) == 1
            && ownNumbers(layer, readers)
            && ownNumbers(norm, readers)) {
          folds.add(new Fold(layer, norm, biasName(layer, taken)));
        }
      }
    }
    return folds;
  }

  /** Whether all that a value reads beside its first input is stored, and read by nothing else. */
  private static boolean ownNumbers(Value value, Map<Value, Integer> readers) {
    return value.inputs().stream().skip(1).allMatch(v -> isStored(v) && readers.get(v) == 1);
  }

  /** The layer's own bias, or a new one by a name that nothing has yet, which is then taken. */
  private static String biasName(Value layer, Set<String> taken) {
    if (layer.inputs().size() > 2) {
      return name(layer.inputs().get(2));
    }
    String wanted = layer.scope().isEmpty() ? "bias" : layer.scope() + ".bias";
    String free = wanted;
    for (int i = 2; !taken.add(free); i++) {
      free = wanted + i;
    }
    return free;
  }

  /** The graph without the folded normalisations, their layers standing in their place. */
  static Rewrite.Result rewrite(Model.Network whole, List<Fold> folds) {
    Rewrite rewrite = Rewrite.of(whole.graph());
    for (Fold fold : folds) {
      Value layer = fold.layer();
      rewrite
          .drop(List.of(layer))
          .drop(layer.inputs().subList(1, layer.inputs().size()))
          .drop(fold.norm().inputs().subList(1, fold.norm().inputs().size()))
          .replace(fold.norm(), layer.scope(), place -> folded(fold, place));
    }
    return rewrite.run();
  }

  private static Value folded(Fold fold, Rewrite.Place place) {
    Graph graph = place.graph();
    Value weight = graph.parameter(fold.weight(), fold.layer().inputs().get(1).shape());
    Value bias = graph.parameter(fold.bias(), fold.norm().inputs().get(4).shape());
    Op op =
        fold.layer().op() instanceof Convolution c
            ? new Convolution(c.window(), c.groups(), true)
            : new Affine(true);
    return graph.apply(op, place.now(fold.layer().inputs().getFirst()), weight, bias);
  }
}
