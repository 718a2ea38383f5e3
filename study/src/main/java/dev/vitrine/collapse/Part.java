package dev.vitrine.collapse;

import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Named;
import dev.vitrine.nn.Sequential;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A layer where it stands in a network.
 *
 * @param path under which its parameters are known
 * @param layer without a name of its own
 * @param in the shape that comes in
 * @param out the shape that goes out
 */
record Part(String path, Layer layer, Shape in, Shape out) {
  /** The layer itself, whatever it is called. */
  static Layer bare(Layer layer) {
    return layer instanceof Named named ? bare(named.layer()) : layer;
  }

  /** What it is called within a list of layers that has no groups. */
  String name(String prefix) {
    return path.substring(prefix.length()).replace('.', '_');
  }

  boolean isDense() {
    return layer instanceof Linear;
  }

  boolean isFlatten() {
    return layer instanceof Flatten;
  }

  /** A list of parts as a network of its own, its parameters under the parts' numbers. */
  static Model model(List<Part> parts, Model whole) {
    return model(parts, parts.getFirst().in(), whole);
  }

  /** The same for pictures of another size. */
  static Model model(List<Part> parts, Shape in, Model whole) {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      layers.add(Named.of("part" + i, parts.get(i).layer()));
    }
    Model model = Model.of(Sequential.of(layers), in);
    model
        .specs()
        .forEach(spec -> {
          int dot = spec.name().indexOf('.');
          Part part = parts.get(Integer.parseInt(spec.name().substring(4, dot)));
          String local = spec.name().substring(dot + 1);
          model.parameters().set(spec.name(), whole.parameters().get(part.parameter(local)));
        });
    return model;
  }

  String parameter(String local) {
    return path.isEmpty() ? local : path + "." + local;
  }

  static String names(List<Part> parts) {
    return parts.stream().map(Part::path).collect(Collectors.joining(", "));
  }
}
