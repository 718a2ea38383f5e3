package dev.vitrine.notation;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.AtomicFile;
import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.graph.Graph;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.NetworkBuilder;
import dev.vitrine.nn.Sequential;
import dev.vitrine.tensor.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
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
 * hold layers of their own. Without a {@code name} the file's own serves.
 */
public final class NetworkFile {
  private NetworkFile() {}

  /**
   * Reads a network.
   *
   * @param file JSON, as {@code docs/cli.md} describes it
   * @return the network, not yet built
   * @throws UserException if the file does not describe one; the sentence names the layer
   */
  public static NetworkSpec read(Path file) {
    return parse(json(file));
  }

  /**
   * {@return what such a file holds, not yet read as a network, with a name}
   *
   * @param file JSON of one object
   * @throws UserException if it is not JSON
   */
  public static JsonObject json(Path file) {
    refuseOnnx(file);
    JsonObject json = Json.read(file);
    if (json.has("name")) {
      return json;
    }
    Map<String, Object> named = new LinkedHashMap<>(json.fields());
    named.put("name", nameOf(file));
    return new JsonObject(json.source(), named);
  }

  /** A file's name without its ending, a dash for what a network's name cannot hold. */
  private static String nameOf(Path file) {
    String name = file.getFileName().toString().replaceFirst("(?<=.)\\.[^.]*$", "");
    String held = name.replaceAll("[^A-Za-z0-9 _-]+", "-").replaceFirst("^[^A-Za-z0-9]+", "");
    return held.isEmpty() ? "network" : held;
  }

  /**
   * Refuses a model of the format in which most frameworks exchange them, known by its ending.
   *
   * @param file any path
   * @throws UserException if it is one
   */
  public static void refuseOnnx(Path file) {
    if (Files.isRegularFile(file) && file.toString().toLowerCase(Locale.ROOT).endsWith(".onnx")) {
      throw new UserException(
          "%s is an ONNX model, which brings its numbers along: summary, evaluate, classify and readout read it"
              .formatted(file));
    }
  }

  /**
   * {@link #read} of an object that was read already and has a name.
   *
   * @param json as {@link #json} gives it
   * @return the network, not yet built
   */
  public static NetworkSpec parse(JsonObject json) {
    NetworkReader.requireKnown(
        json, json.fields().keySet(), Set.of("name", "input", "layers"), "field");
    String name = NetworkReader.name(json);
    Shape input = input(json);
    Place file = new Place(json.source(), List.of());
    Layer network = NetworkReader.part(json, "layers", json.fields().get("layers"), input, file);
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
            "%s: the auxiliary head %s has an output of %s, but the network's is %s: a head ends as the network does"
                .formatted(where, Quote.of(head.path()), head.output().shape(), output));
      }
    }
  }

  private static Shape input(JsonObject json) {
    return shape(json, "input");
  }

  /**
   * {@return a field that says the shape of an example: one to three sizes}
   *
   * @param json a network's fields
   * @param key the field's name
   * @throws UserException if it is something else
   */
  public static Shape shape(JsonObject json, String key) {
    List<?> sizes = json.list(key);
    boolean good =
        !sizes.isEmpty()
            && sizes.size() <= 3
            && sizes.stream().allMatch(s -> s instanceof Long n && n > 0 && n <= Integer.MAX_VALUE);
    if (!good) {
      throw new UserException(
          "%s: \"%s\" expects one to three sizes from 1 to 2^31 − 1, such as [1, 28, 28], but got %s"
              .formatted(json.source(), key, JsonObject.shown(sizes)));
    }
    try {
      return Shape.of(sizes.stream().mapToInt(s -> ((Long) s).intValue()).toArray());
    } catch (IllegalArgumentException e) {
      throw new UserException("%s: \"%s\": %s".formatted(json.source(), key, e.getMessage()), e);
    }
  }

  /**
   * {@return a network as the text of such a file; {@link #parse} makes the same layers of it}
   *
   * @param network what to write
   * @throws UserException if it holds a layer that such a file has no kind or no fields for: one of
   *     the user's own, or one with a window that no layer's methods make
   */
  public static String text(NetworkSpec network) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", network.name());
    fields.put("input", Arrays.stream(network.input().sizes()).boxed().toList());
    try {
      fields.put("layers", NetworkWriter.part(network.layers()));
    } catch (UserException e) {
      throw e.of(network.name());
    }
    String text = NetworkText.of(fields);
    requireSame(network.layers(), parse(Json.parse(text, network.name())).layers(), network.name());
    return text;
  }

  /**
   * Writes {@link #text} to a file.
   *
   * @param file where it goes
   * @param network what to write
   */
  public static void write(Path file, NetworkSpec network) {
    AtomicFile.writeText(file, text(network));
  }

  /** Refuses what is lost on the way: rounding up along one axis alone, for instance. */
  private static void requireSame(Layer written, Layer read, String where) {
    if (written instanceof Sequential(List<Layer> layers)
        && read instanceof Sequential(List<Layer> again)) {
      for (int i = 0; i < layers.size(); i++) {
        requireSame(layers.get(i), again.get(i), "%s: layer %s".formatted(where, i + 1));
      }
    } else if (!written.equals(read)) {
      throw new UserException(
          "%s: a network file has no fields for all of the layer %s"
              .formatted(where, Quote.of(written)));
    }
  }
}
