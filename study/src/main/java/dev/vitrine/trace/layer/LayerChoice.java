package dev.vitrine.trace.layer;

import dev.vitrine.error.UserException;
import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Sequential;
import dev.vitrine.notation.NetworkFile;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds a layer by its kind, as network files name them. */
public final class LayerChoice {
  /** What else people call them. */
  private static final Map<String, String> OTHERWISE =
      Map.of(
          "conv", "conv2d",
          "maxpool", "maxpool2d",
          "avgpool", "avgpool2d",
          "averagepool", "avgpool2d",
          "dense", "linear",
          "batchnorm2d", "batchnorm");

  /** The main numbers of small examples. */
  private static final Map<String, Object> USUAL =
      Map.of("conv2d", 1L, "convtranspose2d", 1L, "linear", 2L, "lrn", 3L, "dropout", 0.5);

  private LayerChoice() {}

  /** {@return what is given another name here, with the name in network files} */
  public static Map<String, String> otherNames() {
    return OTHERWISE;
  }

  /**
   * {@return a layer}
   *
   * @param kind as network files name it, or a whole layer in JSON as they have it
   * @param options its fields besides, such as {@code kernel}; of a pooling that is its main number
   * @param units its main number, such as a convolution's channels; a small one if {@code null}
   * @param input the shape of what it is given
   * @throws UserException if there is no such kind or option, or it does not fit the input
   */
  public static Layer of(String kind, Map<String, Object> options, Long units, Shape input) {
    Object layer =
        kind.strip().startsWith("{") ? whole(kind, options, units) : named(kind, options, units);
    Map<String, Object> network = new LinkedHashMap<>();
    network.put("name", "layer");
    network.put("input", Arrays.stream(input.sizes()).mapToObj(s -> (Object) (long) s).toList());
    network.put("layers", List.of(layer));
    Layer read = NetworkFile.parse(new JsonObject("The example", network)).layers();
    return read instanceof Sequential(List<Layer> layers) ? layers.getFirst() : read;
  }

  private static Object whole(String json, Map<String, Object> options, Long units) {
    if (!options.isEmpty() || units != null) {
      throw new UserException(
          "A layer in JSON has its options inside: leave %s out"
              .formatted(options.isEmpty() ? "its units" : options.keySet().iterator().next()));
    }
    return Json.parse(json, "The layer");
  }

  private static Object named(String given, Map<String, Object> options, Long units) {
    String kind = OTHERWISE.getOrDefault(given, given);
    Map<String, Object> fields = new LinkedHashMap<>();
    Map<String, Object> rest = new LinkedHashMap<>(options);
    Object main = units == null ? USUAL.getOrDefault(kind, true) : units;
    if (kind.equals("maxpool2d") || kind.equals("avgpool2d")) {
      main = rest.containsKey("kernel") ? rest.remove("kernel") : (Object) 2L;
    }
    fields.put(kind, main);
    fields.putAll(rest);
    return new JsonObject("The layer", fields);
  }
}
