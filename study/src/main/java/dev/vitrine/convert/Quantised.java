package dev.vitrine.convert;

import dev.vitrine.data.Dataset;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.DType;
import dev.vitrine.graph.Rewrite;
import dev.vitrine.image.Normalisation;
import dev.vitrine.nn.Folding;
import dev.vitrine.nn.Model;
import dev.vitrine.onnx.Heads;
import dev.vitrine.onnx.Kept;
import dev.vitrine.op.Affine;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.Grid;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.Value;
import dev.vitrine.plan.Compute;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Parameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A network of small whole numbers. Before each convolution and dense layer, numbers are put on a
 * {@link Grid} of 256; its weights are whole numbers from −127 to 127, and all steps are powers of
 * two. So a sum of products is one of whole numbers times a power of two, and single precision
 * computes it exactly, in any order, as long as it stays below 2²⁴: a filter that could exceed that
 * is given a coarser step. Whoever adds up whole numbers gets the same bits.
 *
 * @param heads the graph
 * @param parameters its numbers
 * @param kept how the file keeps them
 * @param layers how many layers compute so
 * @param difference the largest that rounding made to a weight
 */
record Quantised(
    Heads heads, Parameters parameters, Map<String, Kept> kept, int layers, double difference) {
  private static final int SIGNED = 127;
  private static final int UNSIGNED = 255;

  /** Up to here single precision has all whole numbers. */
  private static final long EXACT = 1L << 24;

  /** Finer steps would leave the range of single precision when they are multiplied. */
  private static final int FINEST = -60;

  /**
   * Makes one.
   *
   * @param examples show how large numbers become
   * @throws UserException if a weight is NaN or infinite, no layer can be of whole numbers, or the
   *     examples do not fit
   */
  static Quantised of(Model model, Dataset examples, Normalisation normalisation, Compute compute) {
    requireFinite(model.parameters());
    Folding folding = Folding.of(model);
    Model.Network network = folding.network();
    List<Value> layers = layers(network);
    if (layers.isEmpty()) {
      throw new UserException(
          "int8 is for the weights of convolutions and dense layers, but the network has none");
    }
    Set<Value> inputs = new HashSet<>();
    layers.forEach(layer -> inputs.add(layer.inputs().getFirst()));
    Map<Value, Ranges.Range> ranges =
        Ranges.of(
            network, folding.parameters(), inputs, model.input(), examples, normalisation, compute);
    Map<Value, Grid> grids = new HashMap<>();
    ranges.forEach((value, range) -> grids.put(value, grid(range)));
    Building building = new Building(folding.parameters().copy());
    layers.forEach(layer -> building.round(layer, grids.get(layer.inputs().getFirst())));
    Rewrite.Result rewritten = rewritten(network, layers, grids);
    Model.Network whole =
        new Model.Network(rewritten.graph(), rewritten.of(network.output()), network.layers());
    return new Quantised(
        new Heads(whole, List.of(whole.output())),
        building.parameters,
        building.kept,
        layers.size(),
        building.difference);
  }

  private static void requireFinite(Parameters parameters) {
    for (Layout.Entry entry : parameters.layout().entries()) {
      for (float number : parameters.get(entry.name())) {
        if (!Float.isFinite(number)) {
          throw new UserException(
              "%s has a number that is %s, which int8 cannot hold: the file is damaged, or its training diverged"
                  .formatted(Quote.of(entry.name()), number));
        }
      }
    }
  }

  /** Those whose weights and biases are stored, and no other layer's. */
  private static List<Value> layers(Model.Network network) {
    Map<Value, Integer> readers = new HashMap<>();
    network
        .graph()
        .values()
        .forEach(v -> v.inputs().forEach(x -> readers.merge(x, 1, Integer::sum)));
    List<Value> layers = new ArrayList<>();
    for (Value value : network.graph().values()) {
      boolean linear = value.op() instanceof Convolution || value.op() instanceof Affine;
      boolean own =
          value.inputs().stream().skip(1).allMatch(v -> isStored(v) && readers.get(v) == 1);
      if (linear && own && value.perExample() && value.inputs().getFirst().perExample()) {
        layers.add(value);
      }
    }
    return layers;
  }

  private static boolean isStored(Value value) {
    return value.op() instanceof Leaf.Parameter;
  }

  private static String name(Value stored) {
    return ((Leaf.Parameter) stored.op()).name();
  }

  /** The finest that reaches as far as the numbers that were seen. */
  private static Grid grid(Ranges.Range range) {
    int most = range.least() < 0 ? SIGNED : UNSIGNED;
    double largest = Math.max(-range.least(), range.most());
    return new Grid(
        Math.scalb(1.0, exponent(largest, most)), most == SIGNED ? -SIGNED - 1 : 0, most);
  }

  /** The smallest k for which a number, over 2ᵏ, is rounded to at most so much. */
  private static int exponent(double largest, int most) {
    int k = largest == 0 ? 0 : Math.max(FINEST, Math.getExponent(largest) - Integer.SIZE);
    while (Math.rint(Math.scalb(largest, -k)) > most) {
      k++;
    }
    return k;
  }

  private static Rewrite.Result rewritten(
      Model.Network network, List<Value> layers, Map<Value, Grid> grids) {
    Rewrite rewrite = Rewrite.of(network.graph());
    Map<Value, Value> made = new HashMap<>();
    for (Value layer : layers) {
      Value x = layer.inputs().getFirst();
      rewrite.replace(
          layer,
          place -> {
            Value onGrid =
                made.computeIfAbsent(x, old -> place.graph().apply(grids.get(old), place.now(old)));
            Value[] inputs = layer.inputs().stream().map(place::now).toArray(Value[]::new);
            inputs[0] = onGrid;
            return place.graph().apply(layer.op(), inputs);
          });
    }
    return rewrite.run();
  }

  /** The parameters, rounded layer by layer. */
  private static final class Building {
    private final Parameters parameters;
    private final Map<String, Kept> kept = new LinkedHashMap<>();
    private double difference;

    Building(Parameters parameters) {
      this.parameters = parameters;
    }

    /** Rounds a layer's weights, and its biases to what sums of products are multiples of. */
    void round(Value layer, Grid grid) {
      String name = name(layer.inputs().get(1));
      Optional<String> biasName =
          layer.inputs().size() > 2 ? Optional.of(name(layer.inputs().get(2))) : Optional.empty();
      float[] weights = parameters.get(name);
      int outputs = layer.inputs().get(1).shape().size(0);
      int each = weights.length / outputs;
      float[] bias = biasName.map(parameters::get).orElse(new float[outputs]);
      float[] scales = new float[outputs];
      float[] biasScales = new float[outputs];
      for (int o = 0; o < outputs; o++) {
        int from = o * each;
        int k = exponent(weights, from, each, bias[o], grid);
        for (int i = from; i < from + each; i++) {
          float rounded = (float) Math.scalb(Math.rint(Math.scalb((double) weights[i], -k)), k);
          difference = Math.max(difference, Math.abs((double) rounded - weights[i]));
          weights[i] = rounded + 0f;
        }
        scales[o] = Math.scalb(1f, k);
        biasScales[o] = (float) (scales[o] * grid.step());
        bias[o] = (float) (Math.rint(bias[o] / biasScales[o]) * biasScales[o]) + 0f;
      }
      parameters.set(name, weights);
      kept.put(name, new Kept(DType.I8, scales));
      biasName.ifPresent(own -> {
        parameters.set(own, bias);
        kept.put(own, new Kept(DType.I32, biasScales));
      });
    }

    /** The finest step with which no sum can leave the whole numbers of single precision. */
    private static int exponent(float[] weights, int from, int each, float bias, Grid grid) {
      double largest = 0;
      for (int i = from; i < from + each; i++) {
        largest = Math.max(largest, Math.abs(weights[i]));
      }
      int k = Quantised.exponent(largest, SIGNED);
      while (reach(weights, from, each, bias, grid, k) > EXACT) {
        k++;
      }
      return k;
    }

    private static double reach(float[] weights, int from, int each, float bias, Grid grid, int k) {
      double sum = 0;
      for (int i = from; i < from + each; i++) {
        sum += Math.abs(Math.rint(Math.scalb((double) weights[i], -k)));
      }
      double furthest = Math.max(-grid.least(), grid.most());
      return sum * furthest + Math.abs(Math.rint(Math.scalb(bias / grid.step(), -k)));
    }
  }
}
