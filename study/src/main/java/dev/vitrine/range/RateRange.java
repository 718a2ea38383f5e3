package dev.vitrine.range;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.Quote;
import dev.vitrine.error.Range;
import dev.vitrine.error.UserException;

/**
 * Rates to be tried, each by one step, evenly on a logarithmic axis.
 *
 * @param from the first, above 0
 * @param to the last, above {@code from}
 * @param steps how many, {@value #LEAST_STEPS} to a million
 */
public record RateRange(double from, double to, int steps) {
  /** The range where none is given. */
  public static final RateRange USUAL = new RateRange(1e-5, 10, 200);

  private static final String SETTING = "The range of learning rates";

  /** Fewer tell nothing from noise. */
  private static final int LEAST_STEPS = 20;

  private static final int MOST_STEPS = 1_000_000;

  /** Checks the ranges. */
  public RateRange {
    Range.POSITIVE.require(SETTING, "rates above 0", from);
    Range.POSITIVE.require(SETTING, "rates above 0", to);
    if (!(to > from)) {
      throw UserException.expecting(
          SETTING,
          "a last rate above the first",
          "%s and %s".formatted(Decimal.text(from), Decimal.text(to)));
    }
    if (steps < LEAST_STEPS || steps > MOST_STEPS) {
      throw UserException.expecting(SETTING, "20 to 1,000,000 steps", Integer.toString(steps));
    }
  }

  /**
   * {@return the range of a text}
   *
   * @param text {@code FROM:TO} or {@code FROM:TO:STEPS}
   * @throws UserException if it is none
   */
  public static RateRange parse(String text) {
    String[] parts = text.split(":", -1);
    try {
      if (parts.length == 2 || parts.length == 3) {
        int steps = parts.length == 2 ? USUAL.steps : Decimal.parseInt(parts[2]);
        return new RateRange(Decimal.parse(parts[0]), Decimal.parse(parts[1]), steps);
      }
    } catch (NumberFormatException _) { // said below, with the form
    }
    throw UserException.expecting(
        SETTING, "FROM:TO or FROM:TO:STEPS, such as 1e-4:1", Quote.of(text));
  }

  /** What a rate is multiplied by from step to step. */
  double growth() {
    return StrictMath.pow(to / from, 1.0 / (steps - 1));
  }
}
