package dev.vitrine.summary;

import dev.vitrine.error.UserException;
import dev.vitrine.op.Cost;
import java.util.Locale;

/**
 * What is counted, and how: published figures differ by such choices, so a figure names its own.
 *
 * @param biases whether biases and their additions count
 * @param flops what one floating-point operation is
 * @param batch how many examples the arithmetic and the memory are for
 */
public record Convention(boolean biases, Flops flops, int batch) {
  /** The largest batch. */
  public static final int LARGEST_BATCH = 1_000_000;

  /** With biases, FLOP = 2·MAC, for one example. */
  public static final Convention ORDINARY = new Convention(true, Flops.TWO_PER_MAC, 1);

  /** What one floating-point operation is. */
  public enum Flops {
    /**
     * A multiply–accumulate is two, all else is nothing. The addition that a sum of n products does
     * without is the bias's, so biases make no difference.
     */
    TWO_PER_MAC,
    /** Every multiplication, addition, comparison and elementary function is one. */
    EXACT
  }

  /** Checks the batch. */
  public Convention {
    if (batch < 1 || batch > LARGEST_BATCH) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "The batch expects 1 to %,d examples, but got %d",
              LARGEST_BATCH,
              batch));
    }
  }

  /**
   * {@return the FLOPs of a cost}
   *
   * @param cost the arithmetic to count
   */
  public long flops(Cost cost) {
    return flops == Flops.EXACT ? cost.exactFlops() : 2 * cost.macs();
  }

  /** {@return the convention as one line} */
  public String sentence() {
    String per =
        batch == 1 ? "for one example" : String.format(Locale.ROOT, "for a batch of %,d", batch);
    String flop =
        flops == Flops.EXACT
            ? "FLOP = multiplication, addition, comparison or function"
            : "FLOP = 2·MAC";
    return "%s, %s biases, float32, %s".formatted(flop, biases ? "with" : "without", per);
  }
}
