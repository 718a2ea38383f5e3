package dev.vitrine.notation;

import dev.vitrine.error.Nearest;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.JsonObject;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Named;
import dev.vitrine.nn.Sequential;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes layers of what a network file holds; {@link NetworkWriter} is the way back. */
final class NetworkReader {
  private NetworkReader() {}

  /**
   * What a field holds: layers one after another, or a single one, which then has no number of its
   * own.
   *
   * @param json the object whose field it is, and {@code key} the field
   * @param value what it holds
   * @param input the shape of what the first layer is given
   * @param where what errors begin with
   */
  static Layer part(JsonObject json, String key, Object value, Shape input, Place where) {
    return switch (value) {
      case String _, JsonObject _ -> {
        Layer alone = layer(value, input, where);
        output(alone, input, where);
        yield alone;
      }
      case List<?> entries when !entries.isEmpty() -> sequence(entries, input, where);
      case null, default ->
          throw new UserException(
              "%s: %s expects a layer, or a list of at least one, but got %s"
                  .formatted(json.source(), Quote.of(key), JsonObject.shown(value)));
    };
  }

  /** Layers one after another. */
  private static Sequential sequence(List<?> entries, Shape input, Place where) {
    List<Layer> layers = new ArrayList<>();
    Shape shape = input;
    for (Object entry : entries) {
      Place here = where.at("layer %s", layers.size() + 1);
      Layer layer = layer(entry, shape, here);
      shape = output(layer, shape, here);
      layers.add(layer);
    }
    Sequential sequence = Sequential.of(layers);
    output(sequence, input, where); // refuses two layers of one name
    return sequence;
  }

  /** Made now, so that what does not fit is said of this layer. */
  private static Shape output(Layer layer, Shape input, Place where) {
    try {
      return Model.inference(layer, input).output().shape();
    } catch (UserException | IllegalArgumentException e) {
      throw new UserException("%s: %s".formatted(where, e.getMessage()), e);
    }
  }

  private static Layer layer(Object entry, Shape input, Place where) {
    JsonObject json =
        switch (entry) {
          case String kind -> new JsonObject(where.toString(), Map.of(kind, true));
          case JsonObject object -> new JsonObject(where.toString(), object.fields());
          case null, default ->
              throw new UserException(
                  "%s expects a kind or an object, but got %s"
                      .formatted(where, JsonObject.shown(entry)));
        };
    Set<String> fields = json.fields().keySet();
    List<String> kinds = fields.stream().filter(LayerKinds.ALL::containsKey).toList();
    if (kinds.size() != 1) {
      requireKnown(json, fields, LayerKinds.ALL.keySet(), "kind");
      throw new UserException(
          "%s expects one kind, but got %s".formatted(where, JsonObject.shown(kinds)));
    }
    LayerKind<?> kind = LayerKinds.ALL.get(kinds.getFirst());
    Set<String> options = new LinkedHashSet<>(fields);
    options.removeAll(Set.of(kind.name(), "name"));
    requireKnown(json, options, kind.optionNames(), "option of " + kind.name());
    Layer layer;
    try {
      layer = kind.maker().apply(new LayerFields(kind, json, where, input));
    } catch (UserException e) {
      String sentence = e.getMessage();
      throw sentence.startsWith(where.file())
          ? e
          : new UserException("%s: %s".formatted(where, sentence), e);
    }
    return json.has("name") ? Named.of(name(json), layer) : layer;
  }

  /** A name that folders and parameters can bear. */
  static String name(JsonObject json) {
    String name = json.string("name");
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9 _-]*")) {
      throw new UserException(
          "%s: \"name\" expects letters, digits, spaces, - and _, but got %s"
              .formatted(json.source(), Quote.of(name)));
    }
    return name;
  }

  static void requireKnown(
      JsonObject json, Collection<String> used, Set<String> allowed, String what) {
    for (String key : used) {
      if (!allowed.contains(key)) {
        String hint =
            key.equals("softmax")
                ? "; the training's loss has the softmax: leave it out"
                : Nearest.hint(key, allowed);
        throw new UserException(
            "%s: unknown %s %s%s".formatted(json.source(), what, Quote.of(key), hint));
      }
    }
  }
}
