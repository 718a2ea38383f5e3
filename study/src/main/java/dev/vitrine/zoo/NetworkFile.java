package dev.vitrine.zoo;

import static dev.vitrine.zoo.LayerFields.bounds;
import static dev.vitrine.zoo.LayerFields.padded;
import static dev.vitrine.zoo.LayerFields.wholes;

import dev.vitrine.error.Nearest;
import dev.vitrine.error.UserException;
import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.AdaptiveAvgPool2d;
import dev.vitrine.nn.AvgPool2d;
import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.ConvTranspose2d;
import dev.vitrine.nn.Dropout;
import dev.vitrine.nn.Dropout2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.GlobalAvgPool2d;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.LocalResponseNorm;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Named;
import dev.vitrine.nn.PRelu;
import dev.vitrine.nn.Permute;
import dev.vitrine.nn.Sequential;
import dev.vitrine.nn.ZeroPad2d;
import dev.vitrine.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network as a JSON file:
 *
 * <pre>{@code
 * {"name": "small", "input": [1, 28, 28],
 *  "layers": [{"conv2d": 8, "kernel": 3, "padding": 1}, "relu", {"maxpool2d": 2},
 *             "flatten", {"dropout": 0.5}, {"linear": 10, "name": "scores"}]}
 * }</pre>
 *
 * A layer is its kind with its main number, and options beside it; one without a number is just its
 * kind. {@link #KINDS} lists the kinds and their options.
 */
public final class NetworkFile {
  /** The kinds of layers, each with the options it takes beside {@code name}. */
  public static final Map<String, Set<String>> KINDS =
      Map.ofEntries(
          Map.entry("conv2d", Set.of("kernel", "stride", "padding", "dilation", "groups", "bias")),
          Map.entry("linear", Set.of("bias")),
          Map.entry("maxpool2d", Set.of("stride", "padding", "ceil")),
          Map.entry("avgpool2d", Set.of("stride", "padding", "ceil", "count_padding")),
          Map.entry("globalavgpool2d", Set.of()),
          Map.entry("adaptiveavgpool2d", Set.of()),
          Map.entry(
              "convtranspose2d",
              Set.of(
                  "kernel", "stride", "padding", "output_padding", "dilation", "groups", "bias")),
          Map.entry("zeropad2d", Set.of()),
          Map.entry("permute", Set.of()),
          Map.entry("dropout2d", Set.of()),
          Map.entry("prelu", Set.of()),
          Map.entry("gelu", Set.of()),
          Map.entry("silu", Set.of()),
          Map.entry("clip", Set.of()),
          Map.entry("relu6", Set.of()),
          Map.entry("batchnorm", Set.of("eps", "momentum")),
          Map.entry("lrn", Set.of("alpha", "beta", "bias", "divided")),
          Map.entry("dropout", Set.of()),
          Map.entry("leaky_relu", Set.of()),
          Map.entry("elu", Set.of()),
          Map.entry("relu", Set.of()),
          Map.entry("sigmoid", Set.of()),
          Map.entry("tanh", Set.of()),
          Map.entry("softplus", Set.of()),
          Map.entry("flatten", Set.of()));

  /** The largest size of an input: 1024 in each direction still fits an array. */
  private static final long MOST_INPUT = 1024;

  private NetworkFile() {}

  /**
   * Reads a network.
   *
   * @throws UserException if the file does not describe one; the sentence names the layer
   */
  public static NetworkSpec read(Path file) {
    return parse(Json.read(file));
  }

  /** {@link #read} of an object that was read already. */
  public static NetworkSpec parse(JsonObject json) {
    known(json, json.fields().keySet(), Set.of("name", "input", "layers"), "field");
    String name = name(json);
    Shape input = input(json);
    Shape shape = input;
    List<Layer> layers = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Object entry : json.list("layers")) {
      String where = "%s, layer %d".formatted(json.source(), layers.size() + 1);
      Layer layer = layer(entry, where);
      if (layer instanceof Named named && !names.add(named.name())) {
        throw new UserException(
            "%s: another layer is called '%s' already".formatted(where, named.name()));
      }
      shape = output(layer, shape, where);
      layers.add(layer);
    }
    if (layers.isEmpty()) {
      throw new UserException(
          json.source() + ": \"layers\" expects at least one layer, but got []");
    }
    Sequential network = new Sequential(layers);
    if (Model.trace(network, input).layers().size() < layers.size()) {
      throw new UserException(
          "%s: one of the names %s is also that of a layer without a name: choose another"
              .formatted(json.source(), names));
    }
    return new NetworkSpec(name, name, input, network);
  }

  /** Made now, so that what does not fit is said of this layer. */
  private static Shape output(Layer layer, Shape input, String where) {
    try {
      return Model.trace(layer, input).output().shape();
    } catch (UserException | IllegalArgumentException e) {
      throw new UserException("%s: %s".formatted(where, e.getMessage()), e);
    }
  }

  /** A name that folders and parameters can bear. */
  private static String name(JsonObject json) {
    String name = json.string("name");
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9 _-]*")) {
      throw new UserException(
          "%s: \"name\" expects letters, digits, spaces, - and _, but got '%s'"
              .formatted(json.source(), name));
    }
    return name;
  }

  private static Shape input(JsonObject json) {
    List<?> sizes = json.list("input");
    boolean good =
        !sizes.isEmpty()
            && sizes.size() <= 3
            && sizes.stream().allMatch(s -> s instanceof Long n && n > 0 && n <= MOST_INPUT);
    if (!good) {
      throw new UserException(
          "%s: \"input\" expects sizes from 1 to %d, such as [1, 28, 28], but got %s"
              .formatted(json.source(), MOST_INPUT, sizes));
    }
    return Shape.of(sizes.stream().mapToInt(s -> ((Long) s).intValue()).toArray());
  }

  private static Layer layer(Object entry, String where) {
    JsonObject options =
        switch (entry) {
          case String kind -> new JsonObject(where, Map.of(kind, true));
          case JsonObject object -> new JsonObject(where, object.fields());
          case null, default ->
              throw new UserException(
                  "%s expects a kind or an object, but got %s".formatted(where, entry));
        };
    List<String> kinds = options.fields().keySet().stream().filter(KINDS::containsKey).toList();
    if (kinds.size() != 1) {
      known(options, options.fields().keySet(), KINDS.keySet(), "kind");
      throw new UserException(where + " expects one kind, but got " + kinds);
    }
    String kind = kinds.getFirst();
    List<String> rest =
        options.fields().keySet().stream()
            .filter(k -> !k.equals(kind) && !k.equals("name"))
            .toList();
    known(options, rest, KINDS.get(kind), "option of " + kind);
    Layer layer;
    try {
      layer = make(kind, options);
    } catch (UserException e) {
      String sentence = e.getMessage();
      throw sentence.startsWith(where) ? e : new UserException(where + ": " + sentence, e);
    }
    return options.has("name") ? new Named(name(options), layer) : layer;
  }

  private static void known(
      JsonObject json, Collection<String> used, Set<String> allowed, String what) {
    for (String key : used) {
      if (!allowed.contains(key)) {
        String hint = Nearest.match(key, allowed).map("; did you mean '%s'?"::formatted).orElse("");
        throw new UserException("%s: unknown %s '%s'%s".formatted(json.source(), what, key, hint));
      }
    }
  }

  private static Layer make(String kind, JsonObject o) {
    return switch (kind) {
      case "conv2d" ->
          padded(
              Conv2d.of(whole(o, kind), whole(o, "kernel", 3))
                  .stride(whole(o, "stride", 1))
                  .dilation(whole(o, "dilation", 1))
                  .groups(whole(o, "groups", 1))
                  .bias(!o.has("bias") || o.bool("bias")),
              o);
      case "convtranspose2d" ->
          ConvTranspose2d.of(whole(o, kind), whole(o, "kernel", 3))
              .stride(whole(o, "stride", 1))
              .padding(whole(o, "padding", 0))
              .outputPadding(whole(o, "output_padding", 0))
              .dilation(whole(o, "dilation", 1))
              .groups(whole(o, "groups", 1))
              .bias(!o.has("bias") || o.bool("bias"));
      case "linear" -> Linear.of(whole(o, kind)).bias(!o.has("bias") || o.bool("bias"));
      case "maxpool2d" ->
          padded(
              MaxPool2d.of(whole(o, kind))
                  .stride(whole(o, "stride", whole(o, kind)))
                  .ceil(o.has("ceil") && o.bool("ceil")),
              o);
      case "avgpool2d" ->
          padded(
              AvgPool2d.of(whole(o, kind))
                  .stride(whole(o, "stride", whole(o, kind)))
                  .ceil(o.has("ceil") && o.bool("ceil"))
                  .countPadding(!o.has("count_padding") || o.bool("count_padding")),
              o);
      case "globalavgpool2d" -> GlobalAvgPool2d.INSTANCE;
      case "adaptiveavgpool2d" -> {
        int[] size = wholes(o, kind, 2, "a number or numbers [height, width]");
        yield new AdaptiveAvgPool2d(size[0], size[1]);
      }
      case "zeropad2d" -> {
        int[] p = wholes(o, kind, 4, "a number or numbers [top, bottom, left, right]");
        yield new ZeroPad2d(p[0], p[1], p[2], p[3]);
      }
      case "permute" -> Permute.of(wholes(o, kind, 0, "axes such as [2, 0, 1]"));
      case "dropout2d" -> Dropout2d.of(o.number(kind));
      case "prelu" -> PRelu.INSTANCE;
      case "gelu" -> Activation.gelu();
      case "silu" -> Activation.silu();
      case "clip" -> {
        double[] bounds = bounds(o, kind);
        yield Activation.clip(bounds[0], bounds[1]);
      }
      case "relu6" -> Activation.relu6();
      case "batchnorm" -> new BatchNorm2d(number(o, "eps", 1e-5), number(o, "momentum", 0.1));
      case "lrn" ->
          new LocalResponseNorm(
              whole(o, kind),
              number(o, "alpha", 1e-4),
              !o.has("divided") || o.bool("divided"),
              number(o, "beta", 0.75),
              number(o, "bias", 1));
      case "dropout" -> Dropout.of(o.number(kind));
      case "leaky_relu" -> Activation.leakyRelu(o.number(kind));
      case "elu" -> Activation.elu(o.number(kind));
      case "relu" -> Activation.relu();
      case "sigmoid" -> Activation.sigmoid();
      case "tanh" -> Activation.tanh();
      case "softplus" -> Activation.softplus();
      case "flatten" -> Flatten.INSTANCE;
      default -> throw new IllegalStateException("KINDS lists a kind that is not made: " + kind);
    };
  }

  private static double number(JsonObject o, String key, double ordinary) {
    return o.has(key) ? o.number(key) : ordinary;
  }

  private static int whole(JsonObject o, String key, int ordinary) {
    return o.has(key) ? whole(o, key) : ordinary;
  }

  private static int whole(JsonObject o, String key) {
    long value = o.integer(key);
    if (value < 0 || value > 1 << 20) {
      throw new UserException(
          "%s: \"%s\" expects a number from 0 to 2^20, but got %d"
              .formatted(o.source(), key, value));
    }
    return (int) value;
  }
}
