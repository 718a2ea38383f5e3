package dev.vitrine.predict;

import dev.vitrine.graph.Graph;
import dev.vitrine.nn.Layer;
import dev.vitrine.op.Softmax;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Frozen;
import dev.vitrine.tensor.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What one layer of a {@link Predictor}'s network says, or the whole network. Any thread may ask.
 */
public final class LayerOutput {
  private final Predictor predictor;
  private final String path;
  private final String text;
  private final Graph graph;
  private final Frozen parameters;
  private final Value value;

  /** Elements of the largest value on the way to it. */
  private final long largest;

  /** Multiply-accumulates of an example. */
  private final long macs;

  LayerOutput(
      Predictor predictor, String path, Layer layer, Graph graph, Frozen parameters, Value value) {
    this.predictor = predictor;
    this.path = path;
    text = LayerPaths.line(layer);
    this.graph = graph;
    this.parameters = parameters;
    this.value = value;
    List<Value> needed = needed(graph, value);
    largest = needed.stream().mapToLong(v -> v.shape().elements()).max().orElse(1);
    macs = needed.stream().mapToLong(v -> v.cost().macs()).sum();
  }

  /** The values of each example that a value is made of, itself included. */
  private static List<Value> needed(Graph graph, Value value) {
    Set<Value> needed = new HashSet<>(Set.of(value));
    for (Value v : graph.values().reversed()) {
      if (needed.contains(v)) {
        needed.addAll(v.inputs());
      }
    }
    return needed.stream().filter(Value::perExample).toList();
  }

  /**
   * {@return the layer's path, such as {@code residual2.body.conv1}; empty for the whole network}
   */
  public String path() {
    return path;
  }

  /** {@return the layer as one would write it, its first line} */
  public String text() {
    return text;
  }

  /** {@return the shape of what it says: {@code (C, H, W)} for maps, {@code (N)} for a vector} */
  public Shape shape() {
    return value.shape();
  }

  /**
   * Computes it for one example.
   *
   * @param input the network's input, row-major
   * @return its elements, row-major
   * @throws IllegalArgumentException if the input has another size than the network's
   * @throws IllegalStateException if the predictor was closed
   */
  public float[] read(float... input) {
    Objects.requireNonNull(input, "input");
    return read(new float[][] {input})[0];
  }

  /**
   * {@link #read(float...)} for any number of examples.
   *
   * @param inputs {@code [example][element]}, row-major
   * @return what the layer says: {@code [example][element]}, row-major
   */
  public float[][] read(float[][] inputs) {
    Objects.requireNonNull(inputs, "inputs");
    for (int i = 0; i < inputs.length; i++) {
      int row = i;
      Objects.requireNonNull(inputs[i], () -> "inputs[%s]".formatted(row));
    }
    return predictor.compute(this, inputs);
  }

  /** {@return whether its numbers are probabilities already, made by a softmax in the network} */
  public boolean isSoftmax() {
    return Softmax.isOutput(value);
  }

  long largest() {
    return largest;
  }

  long macs() {
    return macs;
  }

  Graph graph() {
    return graph;
  }

  Frozen parameters() {
    return parameters;
  }

  /**
   * {@return what it is in the plans of {@link Predictor#planner}, if it is the whole network's}
   */
  public Value value() {
    return value;
  }
}
