package dev.vitrine.notation;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Named;
import dev.vitrine.nn.Sequential;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes of layers what a network file holds: {@link LayerKinds} from the other side. */
final class NetworkWriter {
  private NetworkWriter() {}

  /** A part of a network as {@link NetworkReader#part} reads it: a list, or a single layer. */
  static Object part(Layer layer) {
    return layer instanceof Sequential(List<Layer> layers) ? list(layers) : layer(layer);
  }

  private static List<Object> list(List<Layer> layers) {
    List<Object> list = new ArrayList<>();
    for (Layer layer : layers) {
      try {
        list.add(layer(layer));
      } catch (UserException e) {
        throw e.of("layer " + (list.size() + 1));
      }
    }
    return list;
  }

  /** A layer: its kind alone, or an object. */
  private static Object layer(Layer layer) {
    Map<String, Object> fields =
        layer instanceof Named(String name, Layer named) ? named(name, named) : fields(layer);
    Map.Entry<String, Object> first = fields.entrySet().iterator().next();
    return fields.size() == 1 && first.getValue().equals(true) ? first.getKey() : fields;
  }

  private static Map<String, Object> named(String name, Layer layer) {
    if (layer instanceof Named(String inner, _)) {
      throw new UserException(
          "a layer in a network file has one name, but this one has %s and %s"
              .formatted(Quote.of(name), Quote.of(inner)));
    }
    Map<String, Object> fields = new LinkedHashMap<>(fields(layer));
    Object main = fields.values().iterator().next();
    // Before layers within, or it would be far away.
    boolean layersWithin =
        main instanceof Map<?, ?>
            || (main instanceof List<?> list && list.stream().noneMatch(Number.class::isInstance));
    return layersWithin ? with(name, new LinkedHashMap<>(), fields) : with(name, fields, Map.of());
  }

  private static Map<String, Object> with(
      String name, Map<String, Object> before, Map<String, Object> after) {
    before.put("name", name);
    before.putAll(after);
    return before;
  }

  private static Map<String, Object> fields(Layer layer) {
    for (LayerKind<?> kind : LayerKinds.ALL.values()) {
      Optional<Map<String, Object>> fields = kind.fields(layer);
      if (fields.isPresent()) {
        return fields.get();
      }
    }
    throw new UserException("a network file has no kind for " + described(layer));
  }

  private static String described(Layer layer) {
    Class<?> type = layer.getClass();
    return type.isHidden()
        ? "a layer written as a lambda"
        : type.isAnonymousClass()
            ? "a layer of a class without a name"
            : "the layer " + Quote.of(layer.text());
  }
}
