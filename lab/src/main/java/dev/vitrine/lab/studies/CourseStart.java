package dev.vitrine.lab.studies;

import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Sequential;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * How the course draws weights: uniform in ±√(3/(h·w·c)), h × w × c being all that comes into the
 * layer. For dense layers that is the usual rule; a convolution, which sums over its window alone,
 * starts with smaller weights than by the usual one. Biases start at 0.
 */
final class CourseStart {
  private CourseStart() {}

  /** A network of layers one after another. */
  static Model model(NetworkSpec spec, Seed seed) {
    Map<String, Double> bounds = bounds(spec);
    Initializer weights =
        (parameter, random, i) -> {
          double bound = bounds.get(parameter.name());
          return (float) random.uniform(i, -bound, bound);
        };
    return Model.of(spec.layers(), spec.input(), weights, seed);
  }

  /** The bound of each weight, by its name. */
  static Map<String, Double> bounds(NetworkSpec spec) {
    Deque<String> weights = new ArrayDeque<>();
    for (var parameter : Model.of(spec.layers(), spec.input()).specs()) {
      if (parameter.name().endsWith(".weight")) {
        weights.add(parameter.name());
      }
    }
    Map<String, Double> bounds = new HashMap<>();
    Shape shape = spec.input();
    for (Layer layer : ((Sequential) spec.layers()).layers()) {
      Model one = Model.of(Sequential.of(layer), shape);
      if (!one.specs().isEmpty()) {
        bounds.put(weights.remove(), Math.sqrt(3.0 / shape.elements()));
      }
      shape = one.output();
    }
    return bounds;
  }
}
