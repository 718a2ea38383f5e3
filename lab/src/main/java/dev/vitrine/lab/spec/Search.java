package dev.vitrine.lab.spec;

import dev.vitrine.error.UserException;
import java.util.Optional;

/** Which points of an arm are tried, and how long. */
public sealed interface Search {
  /** The most points that an arm may have; more are a slip. */
  int MOST = 100_000;

  /** Every combination of values. */
  record Grid() implements Search {}

  /**
   * Points drawn at random, none twice: values with equal chance, numbers of a range uniformly,
   * between their logarithms where the range says so.
   *
   * @param trials how many of each arm
   * @param seed of the draws
   */
  record Random(int trials, long seed) implements Search {
    /** Checks the number. */
    public Random {
      points(trials);
    }
  }

  /**
   * Successive halving: all points for a few epochs, then always the best for {@code factor} times
   * as many.
   *
   * @param trials how many points of each arm are drawn at random; empty for those of the grid
   * @param factor by which points become fewer and epochs more, 2 or more
   * @param first how many epochs all points are trained
   * @param seed of the draws
   */
  record Halving(Optional<Integer> trials, int factor, int first, long seed) implements Search {
    /** Checks the numbers. */
    public Halving {
      trials.ifPresent(Search::points);
      positive("The factor of a halving", factor, 2);
      positive("The first epochs of a halving", first, 1);
    }
  }

  private static void points(int trials) {
    if (trials < 1 || trials > MOST) {
      throw UserException.expecting(
          "The number of points that a search tries", "1 to " + MOST, Integer.toString(trials));
    }
  }

  private static void positive(String setting, int value, int least) {
    if (value < least) {
      throw UserException.expecting(setting, least + " or more", Integer.toString(value));
    }
  }
}
