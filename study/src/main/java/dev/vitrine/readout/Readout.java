package dev.vitrine.readout;

import dev.vitrine.error.Nearest;
import dev.vitrine.error.UserException;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Model;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.Softmax;
import dev.vitrine.op.Value;
import dev.vitrine.plan.Compute;
import dev.vitrine.plan.Plan;
import dev.vitrine.plan.Planner;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the output of one layer of a model, for one example at a time. */
public final class Readout {
  /** How many layers an error names. */
  private static final int NAMED = 8;

  private final String name;
  private final String layer;
  private final Value value;
  private final Plan plan;

  private Readout(
      String name, String layer, Value value, Model.Network network, Model model, Compute compute) {
    this.name = name;
    this.layer = layer;
    this.value = value;
    plan =
        Planner.of(network.graph(), model.parameters())
            .outputs(value)
            .plan(compute.kernels(), compute.workers());
  }

  /**
   * Of a layer by its path, such as {@code conv1} or {@code residual2.body.conv1}.
   *
   * @throws UserException if there is no such layer, or it does nothing when a trained network is
   *     used, as dropout
   */
  public static Readout of(Model model, String path, Compute compute) {
    Model.Network network = model.inference();
    Layer layer = network.layers().get(path);
    if (layer == null) {
      throw unknown(path, List.copyOf(network.layers().keySet()));
    }
    List<Value> within = within(path, network);
    if (within.isEmpty()) {
      throw new UserException(
          "The layer '%s', %s, passes its input on when a trained network is used: %s"
              .formatted(
                  path,
                  firstLine(layer),
                  isFirst(path, network)
                      ? "that is the picture itself, so read a later layer"
                      : "read the layer before it"));
    }
    return new Readout(path, firstLine(layer), within.getLast(), network, model, compute);
  }

  /** What a layer computes, the layers within it included, in order. */
  private static List<Value> within(String path, Model.Network network) {
    List<Value> within = new ArrayList<>();
    for (Value value : network.graph().values()) {
      boolean inside = value.scope().equals(path) || value.scope().startsWith(path + ".");
      if (inside && !(value.op() instanceof Leaf)) {
        within.add(value);
      }
    }
    return within;
  }

  /** Whether no layer before this one computes anything. */
  private static boolean isFirst(String path, Model.Network network) {
    return network.layers().keySet().stream()
        .takeWhile(other -> !other.equals(path))
        .filter(other -> !path.startsWith(other + "."))
        .allMatch(other -> within(other, network).isEmpty());
  }

  /** A few of many names: whoever left out what lies between is told the whole path. */
  private static UserException unknown(String path, List<String> known) {
    int dot = path.lastIndexOf('.');
    Optional<String> inner =
        known.stream()
            .filter(name -> dot > 0 && name.startsWith(path.substring(0, dot + 1)))
            .filter(name -> name.endsWith(path.substring(dot)))
            .findFirst();
    if (inner.isPresent()) {
      return new UserException(
          "Unknown layer '%s'; did you mean '%s'?".formatted(path, inner.get()));
    }
    if (known.size() <= NAMED || Nearest.match(path, known).isPresent()) {
      return UserException.unknown("layer", path, known);
    }
    return new UserException(
        "Unknown layer '%s'; known: %s, and %d more; 'vitrine summary RUN' lists them"
            .formatted(path, String.join(", ", known.subList(0, NAMED)), known.size() - NAMED));
  }

  /** Of the whole network. */
  public static Readout output(Model model, Compute compute) {
    Model.Network network = model.inference();
    return new Readout("output", "", network.output(), network, model, compute);
  }

  private static String firstLine(Layer layer) {
    return layer.text().lines().findFirst().orElse("");
  }

  /** The layer's path. */
  public String name() {
    return name;
  }

  /** The layer as one would write it, its first line. */
  public String layer() {
    return layer;
  }

  /** The shape of what is read: {@code (C, H, W)} for maps, {@code (N)} for a vector. */
  public Shape shape() {
    return value.shape();
  }

  /** Whether what is read are probabilities already. */
  boolean isSoftmax() {
    return value.op() instanceof Softmax;
  }

  /**
   * Computes the layer's output.
   *
   * @param input the network's input, row-major
   * @return its elements, row-major
   * @throws IllegalArgumentException if the input has another size than the network's
   */
  public float[] read(float... input) {
    plan.input(Model.INPUT, 0, input);
    plan.run(1);
    return plan.read(value, 0);
  }
}
