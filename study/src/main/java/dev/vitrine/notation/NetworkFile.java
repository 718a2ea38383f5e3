package dev.vitrine.notation;

import dev.vitrine.error.Nearest;
import dev.vitrine.error.UserException;
import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.graph.Graph;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Named;
import dev.vitrine.nn.NetworkBuilder;
import dev.vitrine.nn.Sequential;
import dev.vitrine.tensor.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A network as a JSON file:
 *
 * <pre>{@code
 * {"name": "small", "input": [1, 28, 28],
 *  "layers": [{"conv2d": 8, "kernel": 3, "padding": 1}, "relu",
 *             {"residual": [{"conv2d": 8, "padding": 1}, "relu"]}, {"maxpool2d": 2},
 *             "flatten", {"dropout": 0.5}, {"linear": 10, "name": "scores"}]}
 * }</pre>
 *
 * A layer is its kind with its main number, and options beside it; one without a number is just its
 * kind. {@link LayerKinds} lists the kinds and their options. Residual blocks and parallel branches
 * hold layers of their own.
 */
public final class NetworkFile {
  /** The largest size of an input: 1024 in each direction still fits an array. */
  public static final long MOST_INPUT = 1024;

  private NetworkFile() {}

  /**
   * Reads a network.
   *
   * @throws UserException if the file does not describe one; the sentence names the layer
   */
  public static NetworkSpec read(Path file) {
    return parse(json(file));
  }

  /**
   * What such a file holds, not yet read as a network.
   *
   * @throws UserException if it is not JSON
   */
  public static JsonObject json(Path file) {
    refuseOnnx(file);
    return Json.read(file);
  }

  /**
   * Refuses a model of the format in which most frameworks exchange them, known by its ending.
   *
   * @throws UserException if it is one
   */
  public static void refuseOnnx(Path file) {
    if (Files.isRegularFile(file) && file.toString().toLowerCase(Locale.ROOT).endsWith(".onnx")) {
      throw new UserException("%s is an ONNX model, which Vitrine cannot read yet".formatted(file));
    }
  }

  /** {@link #read} of an object that was read already. */
  public static NetworkSpec parse(JsonObject json) {
    known(json, json.fields().keySet(), Set.of("name", "input", "layers"), "field");
    String name = name(json);
    Shape input = input(json);
    Sequential network = sequence(someLayers(json, "layers"), input, json.source());
    requireEqualEnds(network, input, json.source());
    return new NetworkSpec(name, name, input, network);
  }

  /** Training sums the losses of all ends, on the same target. */
  private static void requireEqualEnds(Layer network, Shape input, String where) {
    NetworkBuilder builder = new NetworkBuilder(new Graph(), Mode.INFERENCE);
    Shape output = builder.build(network, input).shape();
    for (NetworkBuilder.Head head : builder.heads()) {
      if (!head.output().shape().equals(output)) {
        throw new UserException(
            "%s: the auxiliary head '%s' has an output of %s, but the network's is %s: a head ends as the network does"
                .formatted(where, head.path(), head.output().shape(), output));
      }
    }
  }

  /** A list of layers that is not empty. */
  static List<?> someLayers(JsonObject json, String key) {
    List<?> entries = json.list(key);
    if (entries.isEmpty()) {
      throw new UserException(
          "%s: \"%s\" expects at least one layer, but got []".formatted(json.source(), key));
    }
    return entries;
  }

  /**
   * Layers one after another.
   *
   * @param entries as they were read
   * @param input the shape of what the first is given
   * @param where what errors say before the number of the layer
   */
  static Sequential sequence(List<?> entries, Shape input, String where) {
    List<Layer> layers = new ArrayList<>();
    Shape shape = input;
    for (Object entry : entries) {
      String here = "%s, layer %d".formatted(where, layers.size() + 1);
      Layer layer = layer(entry, shape, here);
      shape = output(layer, shape, here);
      layers.add(layer);
    }
    Sequential sequence = new Sequential(layers);
    output(sequence, input, where); // refuses two layers of one name
    return sequence;
  }

  /** Made now, so that what does not fit is said of this layer. */
  private static Shape output(Layer layer, Shape input, String where) {
    try {
      return Model.inference(layer, input).output().shape();
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

  /**
   * The field {@code input}: one to three sizes.
   *
   * @throws UserException if it is something else
   */
  public static Shape input(JsonObject json) {
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

  private static Layer layer(Object entry, Shape input, String where) {
    JsonObject json =
        switch (entry) {
          case String kind -> new JsonObject(where, Map.of(kind, true));
          case JsonObject object -> new JsonObject(where, object.fields());
          case null, default ->
              throw new UserException(
                  "%s expects a kind or an object, but got %s".formatted(where, entry));
        };
    Set<String> fields = json.fields().keySet();
    List<String> kinds = fields.stream().filter(LayerKinds.ALL::containsKey).toList();
    if (kinds.size() != 1) {
      known(json, fields, LayerKinds.ALL.keySet(), "kind");
      throw new UserException(where + " expects one kind, but got " + kinds);
    }
    LayerKinds.Kind kind = LayerKinds.ALL.get(kinds.getFirst());
    Set<String> options = new LinkedHashSet<>(fields);
    options.removeAll(Set.of(kind.name(), "name"));
    known(json, options, kind.options(), "option of " + kind.name());
    Layer layer;
    try {
      layer = kind.maker().apply(new LayerFields(kind.name(), json, input));
    } catch (UserException e) {
      String sentence = e.getMessage();
      throw sentence.startsWith(where) ? e : new UserException(where + ": " + sentence, e);
    }
    return json.has("name") ? Named.of(name(json), layer) : layer;
  }

  private static void known(
      JsonObject json, Collection<String> used, Set<String> allowed, String what) {
    for (String key : used) {
      if (!allowed.contains(key)) {
        String hint =
            key.equals("softmax")
                ? "; the training's loss has the softmax: leave it out"
                : Nearest.match(key, allowed).map("; did you mean '%s'?"::formatted).orElse("");
        throw new UserException("%s: unknown %s '%s'%s".formatted(json.source(), what, key, hint));
      }
    }
  }
}
