package dev.vitrine.zoo;

import dev.vitrine.error.UserException;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Dropout;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Identity;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Sequential;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Multilayer perceptrons by what they are made of: {@code
 * mlp-WIDTH[-WIDTH…][-FUNCTION][-batchnorm][-dropoutRATE]}.
 *
 * <p>{@code mlp-100-100} has two hidden layers of 100 units, {@code mlp-20x30-sigmoid} twenty of 30
 * with sigmoids, {@code mlp-500-500-batchnorm-dropout0.5} two of 500, each followed by batch
 * normalisation, rectifier and dropout. Functions: relu (unless another is said), leakyrelu (slope
 * 0.01), elu, sigmoid, tanh, softplus, silu, gelu, and linear for none.
 */
final class Perceptrons {
  private static final String PREFIX = "mlp-";
  private static final Pattern WIDTH = Pattern.compile("(?:([1-9]\\d{0,3})x)?([1-9]\\d{0,5})");
  private static final Pattern DROPOUT = Pattern.compile("dropout(0?\\.\\d{1,9}|0)");
  private static final int MOST_LAYERS = 1_000;

  private static final Map<String, Layer> FUNCTIONS = functions();

  private Perceptrons() {}

  private static Map<String, Layer> functions() {
    Map<String, Layer> functions = new LinkedHashMap<>();
    functions.put("relu", Activation.relu());
    functions.put("leakyrelu", Activation.leakyRelu(0.01));
    functions.put("elu", Activation.elu(1));
    functions.put("sigmoid", Activation.sigmoid());
    functions.put("tanh", Activation.tanh());
    functions.put("softplus", Activation.softplus());
    functions.put("silu", Activation.silu());
    functions.put("gelu", Activation.gelu());
    functions.put("linear", Identity.of());
    return functions;
  }

  /**
   * The network that a name describes, if it is of this kind.
   *
   * @throws UserException if it begins like one and is none
   */
  static Optional<Blueprint> find(String name) {
    if (!name.startsWith(PREFIX)) {
      return Optional.empty();
    }
    List<String> parts =
        new ArrayList<>(Arrays.asList(name.substring(PREFIX.length()).split("-", -1)));
    String shape = name.substring(PREFIX.length());
    List<Integer> widths = widths(parts);
    String function = FUNCTIONS.containsKey(first(parts)) ? parts.removeFirst() : "relu";
    boolean normalised = first(parts).equals("batchnorm");
    if (normalised) {
      parts.removeFirst();
    }
    Matcher dropout = DROPOUT.matcher(first(parts));
    Optional<Double> rate = Optional.empty();
    if (dropout.matches()) {
      rate = Optional.of(Double.parseDouble(dropout.group(1)));
      parts.removeFirst();
    }
    if (widths.isEmpty() || widths.size() > MOST_LAYERS || !parts.isEmpty()) {
      return Optional.empty();
    }
    List<Layer> hidden = hidden(widths, FUNCTIONS.get(function), normalised, rate);
    return Optional.of(
        new Blueprint(
            name,
            "MLP " + shape,
            Shape.of(1, 28, 28),
            10,
            classes -> {
              List<Layer> layers = new ArrayList<>(hidden);
              layers.add(Linear.of(classes));
              return Sequential.of(layers.toArray(Layer[]::new));
            }));
  }

  /** How such names are written, for a sentence about one that is none. */
  static Optional<String> hint(String name) {
    return name.startsWith(PREFIX)
        ? Optional.of(
            "mlp-WIDTH-WIDTH…-FUNCTION-batchnorm-dropoutRATE, such as mlp-100-100 or"
                + " mlp-8x32-tanh-dropout0.5, with one of the functions "
                + String.join(", ", FUNCTIONS.keySet()))
        : Optional.empty();
  }

  private static String first(List<String> parts) {
    return parts.isEmpty() ? "" : parts.getFirst();
  }

  private static List<Integer> widths(List<String> parts) {
    List<Integer> widths = new ArrayList<>();
    Matcher width = WIDTH.matcher(first(parts));
    while (width.matches() && widths.size() <= MOST_LAYERS) {
      int times = width.group(1) == null ? 1 : Integer.parseInt(width.group(1));
      for (int i = 0; i < times; i++) {
        widths.add(Integer.parseInt(width.group(2)));
      }
      parts.removeFirst();
      width.reset(first(parts));
    }
    return widths;
  }

  private static List<Layer> hidden(
      List<Integer> widths, Layer function, boolean normalised, Optional<Double> rate) {
    List<Layer> layers = new ArrayList<>(List.of(Flatten.of()));
    for (int width : widths) {
      layers.add(Linear.of(width));
      if (normalised) {
        layers.add(BatchNorm2d.of());
      }
      if (!(function instanceof Identity)) {
        layers.add(function);
      }
      rate.filter(share -> share > 0).map(Dropout::of).ifPresent(layers::add);
    }
    return layers;
  }
}
