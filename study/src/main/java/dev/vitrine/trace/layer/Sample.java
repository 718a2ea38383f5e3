package dev.vitrine.trace.layer;

import dev.vitrine.error.Nearest;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The numbers of a small example: those that are given, and small whole ones for the rest. */
public final class Sample {
  private static final int LARGEST = 3;

  private Sample() {}

  /** Numbers for each name. */
  static Map<String, double[]> of(LayerQuestion question, Map<String, Shape> shapes) {
    for (String name : question.given().keySet()) {
      if (!shapes.containsKey(name)) {
        throw new UserException(
            "%s has no %s: its numbers are %s%s"
                .formatted(
                    question.layer(),
                    Quote.of(name),
                    String.join(", ", shapes.keySet()),
                    Nearest.hint(name, shapes.keySet())));
      }
    }
    Seed seed = Seed.of(question.seed());
    Map<String, double[]> numbers = new LinkedHashMap<>();
    shapes.forEach((name, shape) ->
        numbers.put(
            name,
            question.given().containsKey(name)
                ? given(name, shape, question.given().get(name))
                : name.equals("x") ? distinct(seed, shape) : drawn(seed, name, shape)));
    return numbers;
  }

  private static double[] given(String name, Shape shape, List<Double> numbers) {
    if (numbers.size() != shape.elements()) {
      throw new UserException(
          "%s expects %s numbers for its shape %s, but got %s"
              .formatted(name, shape.elements(), shape, numbers.size()));
    }
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * {@return whole numbers, all different, so that no two of a window are its maximum}
   *
   * @param seed of what is drawn
   * @param shape of the numbers
   */
  public static double[] distinct(Seed seed, Shape shape) {
    int[] order = seed.stream("layer x").permutation(shape.elements());
    double[] numbers = new double[order.length];
    for (int i = 0; i < order.length; i++) {
      numbers[i] = order[i] - order.length / 2;
    }
    return numbers;
  }

  /**
   * {@return whole numbers from −3 to 3 without 0}
   *
   * @param seed of what is drawn
   * @param name of what they are drawn for
   * @param shape of the numbers
   */
  public static double[] drawn(Seed seed, String name, Shape shape) {
    RandomStream random = seed.stream("layer " + name);
    double[] numbers = new double[shape.elements()];
    for (int i = 0; i < numbers.length; i++) {
      int drawn = random.below(i, 2 * LARGEST);
      numbers[i] = drawn < LARGEST ? drawn - LARGEST : drawn - LARGEST + 1;
    }
    return numbers;
  }

  /** Numbers in general position: no two alike, none special. */
  static Map<String, double[]> generic(Map<String, Shape> shapes, int round) {
    Map<String, double[]> numbers = new LinkedHashMap<>();
    shapes.forEach((name, shape) -> {
      RandomStream random = Seed.of(round).stream("reach " + name);
      List<Double> drawn = new ArrayList<>();
      for (int i = 0; i < shape.elements(); i++) {
        drawn.add(random.uniform(i, 0.25, 1.75));
      }
      numbers.put(name, drawn.stream().mapToDouble(Double::doubleValue).toArray());
    });
    return numbers;
  }
}
