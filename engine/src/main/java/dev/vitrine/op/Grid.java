package dev.vitrine.op;

import dev.vitrine.error.Range;
import dev.vitrine.error.UserException;
import java.util.List;

/**
 * {@code y = step · min(max(round(x / step), least), most)}, halves to the even neighbour: what is
 * left of a number that is kept as a small whole one. {@code dx = 0}, for a step has no slope.
 *
 * @param step between two numbers, above 0
 * @param least the smallest whole number
 * @param most the largest, above {@code least}
 */
public record Grid(double step, int least, int most) implements Unary {
  /** Whole numbers that single precision rounds to by an addition. */
  private static final int LARGEST = 1 << 22;

  /** Checks the numbers. */
  public Grid {
    Range.POSITIVE.require("Grid", "a step above 0", step);
    if (least >= most || least < -LARGEST || most > LARGEST) {
      throw new UserException(
          "Grid expects whole numbers from %s to %s, the least below the most, but got %s and %s"
              .formatted(-LARGEST, LARGEST, least, most));
    }
  }

  @Override
  public double apply(double x) {
    return step * (Math.rint(Math.min(Math.max(x / step, least), most)) + 0.0);
  }

  @Override
  public double derivative(double x) {
    return 0;
  }

  @Override
  public Formula formula() {
    String s = Formula.number(step);
    return Formula.of(
        List.of("x"), "%s*round(x/%s), within %s and %s steps".formatted(s, s, least, most), "0");
  }

  @Override
  public Cost cost(long n) {
    return Cost.multiplications(2 * n).plus(Cost.comparisons(2 * n)).plus(Cost.additions(2 * n));
  }
}
