package dev.vitrine.parity;

import dev.vitrine.error.UserException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How one output agrees with what it should be.
 *
 * @param output the output's name
 * @param against what it should be by
 * @param examples how many were compared
 * @param absolute the largest difference of two numbers; infinite if one alone is NaN or infinite
 * @param relative the largest difference within an example as a part of the largest number that
 *     should be there, for the example where that is worst
 * @param top5 for how many examples the five largest numbers are at the same places in the same
 *     order (all, if there are fewer than five); empty if the output is no vector of several
 */
public record Agreement(
    String output,
    Reference against,
    int examples,
    double absolute,
    double relative,
    Optional<Integer> top5) {
  private static final int TOP = 5;

  /** What an output is compared with. */
  public enum Reference {
    /** The same graph, value by value, in double precision. */
    DOUBLE("double precision"),
    /** What a file says. */
    STORED("stored output");

    private final String title;

    Reference(String title) {
      this.title = title;
    }

    /** {@return what people call it} */
    public String title() {
      return title;
    }
  }

  /** Refuses {@code null}. */
  public Agreement {
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(against, "against");
    Objects.requireNonNull(top5, "top5");
  }

  /**
   * Compares.
   *
   * @param vector whether the output is one number for each class
   * @param got {@code [example][element]}
   * @param expected of the same sizes
   */
  static Agreement of(
      String output, Reference against, boolean vector, float[][] got, double[][] expected) {
    if (got.length != expected.length) {
      throw new UserException(
          "The output %s is of %s examples, but expected are %s"
              .formatted(output, got.length, expected.length));
    }
    double absolute = 0;
    double relative = 0;
    int same = 0;
    for (int n = 0; n < got.length; n++) {
      double difference = difference(got[n], expected[n]);
      absolute = Math.max(absolute, difference);
      relative = Math.max(relative, difference == 0 ? 0 : difference / largest(expected[n]));
      same += Arrays.equals(top(widened(got[n])), top(expected[n])) ? 1 : 0;
    }
    boolean ranked = vector && got.length > 0 && got[0].length > 1;
    Optional<Integer> top5 = ranked ? Optional.of(same) : Optional.empty();
    return new Agreement(output, against, got.length, absolute, relative, top5);
  }

  private static double difference(float[] got, double[] expected) {
    double largest = 0;
    for (int i = 0; i < got.length; i++) {
      boolean equal = Double.compare(got[i], expected[i]) == 0;
      double difference = equal ? 0 : Math.abs(got[i] - expected[i]);
      largest = Math.max(largest, Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference);
    }
    return largest;
  }

  private static double largest(double[] numbers) {
    return Arrays.stream(numbers).map(Math::abs).filter(Double::isFinite).max().orElse(0);
  }

  /** The places of the largest numbers, the largest first, of equal ones the first. */
  private static int[] top(double[] numbers) {
    return IntStream.range(0, numbers.length)
        .boxed()
        .sorted((a, b) -> Double.compare(numbers[b], numbers[a]))
        .limit(TOP)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  static double[] widened(float[] singles) {
    return IntStream.range(0, singles.length).mapToDouble(i -> singles[i]).toArray();
  }

  /** {@return the fields, with stable names; a number that is infinite is a text} */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("output", output);
    json.put("against", against.name().toLowerCase(Locale.ROOT));
    json.put("examples", examples);
    json.put("largest_difference", number(absolute));
    json.put("largest_relative_difference", number(relative));
    json.put("top5_agree", top5.orElse(null));
    return json;
  }

  private static Object number(double x) {
    return Double.isFinite(x) ? x : "Infinity";
  }
}
