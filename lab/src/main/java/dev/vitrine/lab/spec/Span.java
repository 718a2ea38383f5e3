package dev.vitrine.lab.spec;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.UserException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A range of numbers that a parameter is searched in.
 *
 * @param from its lower end
 * @param to its upper end, which belongs to it
 * @param log whether equal ratios count as equal distances
 * @param steps how many values of it a grid takes; 2 to {@value Search#MOST}
 * @param whole whether only whole numbers are values
 */
public record Span(double from, double to, boolean log, int steps, boolean whole) {
  /** Checks the ends. */
  public Span {
    if (!(Double.isFinite(from) && Double.isFinite(to) && from < to)) {
      throw UserException.expecting(
          "A range",
          "a lower end below the upper one",
          "%s to %s".formatted(Decimal.text(from), Decimal.text(to)));
    }
    if (log && from <= 0) {
      throw UserException.expecting(
          "A range on a log scale", "ends above 0", "from " + Decimal.text(from));
    }
    if (steps < 2 || steps > Search.MOST) {
      throw UserException.expecting(
          "A range's steps", "2 to " + Search.MOST, Integer.toString(steps));
    }
  }

  /**
   * {@return the value at a share of the way from one end to the other, as a setting's text}
   *
   * @param share in [0, 1]
   */
  public String at(double share) {
    double value = log ? from * Math.pow(to / from, share) : from + (to - from) * share;
    return Values.calculated(value, whole);
  }

  /** {@return the values of a grid: both ends, and {@code steps - 2} between them} */
  public List<String> grid() {
    return IntStream.range(0, steps)
        .mapToObj(i -> at((double) i / (steps - 1)))
        .distinct()
        .toList();
  }

  /**
   * {@return whether a number lies in it}
   *
   * @param value any number
   */
  public boolean contains(double value) {
    return value >= from && value <= to;
  }
}
