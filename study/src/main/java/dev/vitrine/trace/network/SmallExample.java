package dev.vitrine.trace.network;

import dev.vitrine.error.Nearest;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.nn.Loss;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.tensor.Shape;
import dev.vitrine.trace.layer.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An example made up for a small network: numbers that are given, the input x, the class t and the
 * parameters by their names; for the rest small ones are drawn, whole ones for x and tenths for
 * weights, but those of a trained network stay.
 *
 * @param given numbers by names, row-major
 * @param seed of what is drawn
 * @param trained whether the network has numbers of its own
 */
public record SmallExample(Map<String, List<Double>> given, long seed, boolean trained) {
  private static final String X = "x";
  private static final String T = "t";
  private static final double TENTH = 0.1;

  /** Copies the map. */
  public SmallExample {
    given = Map.copyOf(given);
  }

  /**
   * {@return the question of this example}
   *
   * @param title of the network
   * @param model its layers, and its numbers if it was trained; never changed
   * @param loss whose gradients are taken
   * @param weight whose gradient is unrolled
   * @throws UserException if a name or a number does not fit the network
   */
  public NetworkQuestion question(
      String title, Model model, Loss loss, Optional<WeightName> weight) {
    List<String> names = new ArrayList<>(List.of(X, T));
    model.specs().forEach(spec -> names.add(spec.name()));
    for (String name : given.keySet()) {
      if (!names.contains(name)) {
        throw new UserException(
            "The network has no %s: its numbers are %s%s"
                .formatted(Quote.of(name), String.join(", ", names), Nearest.hint(name, names)));
      }
    }
    Parameters parameters = model.parameters().copy();
    Model own = new Model(model.network(), model.input(), model.specs(), parameters);
    for (ParameterSpec spec : model.specs()) {
      if (given.containsKey(spec.name())) {
        parameters.set(spec.name(), floats(1, given(spec.name(), spec.shape())));
      } else if (!trained && spec.role().learned()) {
        double[] drawn = Sample.drawn(Seed.of(seed), spec.name(), spec.shape());
        parameters.set(spec.name(), floats(TENTH, drawn));
      }
    }
    double[] x =
        given.containsKey(X)
            ? given(X, model.input())
            : Sample.distinct(Seed.of(seed), model.input());
    return new NetworkQuestion(title, own, loss, x, label(), weight);
  }

  private int label() {
    List<Double> t = given.getOrDefault(T, List.of(0.0));
    if (t.size() != 1 || t.getFirst() != Math.rint(t.getFirst())) {
      throw new UserException("t expects the number of a class, but got %s".formatted(t));
    }
    return t.getFirst().intValue();
  }

  private double[] given(String name, Shape shape) {
    List<Double> numbers = given.get(name);
    if (numbers.size() != shape.elements()) {
      throw new UserException(
          "%s expects %s numbers for its shape %s, but got %s"
              .formatted(name, shape.elements(), shape, numbers.size()));
    }
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static float[] floats(double scale, double... numbers) {
    float[] all = new float[numbers.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = (float) (scale * numbers[i]);
    }
    return all;
  }
}
