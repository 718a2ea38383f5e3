package dev.vitrine.nn;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.op.Value;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which layers a network has by their paths, and what they store by its name. Two of one name would
 * share their numbers, and one of their gradients would be lost, so the second is refused.
 */
final class Register {
  /** A parameter or buffer, and the path of the layer that asked for it. */
  private record Stored(String path, ParameterSpec spec, Value value) {}

  private final Map<String, Layer> layers = new LinkedHashMap<>();
  private final Map<String, Stored> stored = new HashMap<>();

  /** Why a name was refused, most recently. */
  private UserException refusal;

  /** The layers by their paths, in order. */
  Map<String, Layer> layers() {
    return Collections.unmodifiableMap(layers);
  }

  void add(String path, Layer layer) {
    Layer other = layers.putIfAbsent(path, layer);
    if (other != null) {
      throw refuse(
          "Two layers are called %s, %s and %s: give each a name of its own (one without a name has its kind and number)"
              .formatted(Quote.of(path), line(other), line(layer)));
    }
  }

  /** The layer of a path, to be used again. */
  Layer known(String path) {
    Layer layer = layers.get(path);
    if (layer == null) {
      throw refuse("There is no layer %s to use again: add it first".formatted(Quote.of(path)));
    }
    return layer;
  }

  void requireFree(String path, ParameterSpec spec) {
    Stored other = stored.get(spec.name());
    if (other == null) {
      return;
    }
    throw refuse(
        other.path.equals(path)
            ? "%s asks for two parameters %s, of %s and of %s: give each a name of its own, and add layers within a layer with NetworkBuilder.add"
                .formatted(described(path), Quote.of(spec.name()), other.spec.shape(), spec.shape())
            : "%s and %s both ask for a parameter %s: rename it in one of them"
                .formatted(described(other.path), described(path), Quote.of(spec.name())));
  }

  void store(String path, ParameterSpec spec, Value value) {
    stored.put(spec.name(), new Stored(path, spec, value));
  }

  /** What a layer's first use stored, if its next one asks for the same. */
  Value again(String path, ParameterSpec spec) {
    Stored first = stored.get(spec.name());
    if (first == null) {
      throw refuse(
          "%s asks for %s of %s when it is used again, but did not at first: use it on inputs of one shape"
              .formatted(described(path), Quote.of(spec.name()), spec.shape()));
    }
    if (first.spec.role() != spec.role() || !first.spec.shape().equals(spec.shape())) {
      throw refuse(
          "%s asks for %s of %s when it is used again, but of %s at first: use it on inputs of one shape"
              .formatted(described(path), Quote.of(spec.name()), spec.shape(), first.spec.shape()));
    }
    return first.value;
  }

  /** Whether an exception is about a name, not about what a layer was given. */
  boolean refused(Exception e) {
    return e == refusal;
  }

  private UserException refuse(String sentence) {
    refusal = new UserException(sentence);
    return refusal;
  }

  private String described(String path) {
    Layer layer = layers.get(path);
    String name = path.isEmpty() ? "The network" : "Layer " + Quote.of(path);
    return layer == null ? name : "%s (%s)".formatted(name, line(layer));
  }

  private static String line(Layer layer) {
    Layer bare = layer instanceof Named named ? named.layer() : layer;
    return Quote.value(bare.text().lines().findFirst().orElse(""));
  }
}
