package dev.vitrine.run;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run keeps of its training beside the newest checkpoint. It changes nothing of what is
 * computed, so a run that goes on may be told otherwise.
 *
 * @param every how long to go on within an epoch before the next checkpoint
 * @param epochs of how many newest epochs the network's numbers are kept; {@link #ALL} for all
 * @param tensorboard whether event files for TensorBoard are written
 * @param spreads after how many steps each it is recorded how weights, activations and gradients
 *     are spread; 0 for never. A run that goes on goes on recording as it began
 * @param copy a second place of its folder, if it has one
 */
public record Saving(
    Duration every, int epochs, boolean tensorboard, int spreads, Optional<RunCopy> copy) {
  /** Of every epoch. */
  public static final int ALL = Integer.MAX_VALUE;

  /** Checks the range. */
  public Saving {
    Objects.requireNonNull(every, "every");
    Objects.requireNonNull(copy, "copy");
    if (epochs < 0) {
      throw UserException.expecting(
          "The number of kept checkpoints", "0 or more", Integer.toString(epochs));
    }
    if (spreads < 0) {
      throw UserException.expecting(
          "The steps between recordings", "0 or more", Integer.toString(spreads));
    }
  }

  /**
   * {@return to keep the newest checkpoint alone}
   *
   * @param every how long to go on within an epoch before the next one
   */
  public static Saving every(Duration every) {
    return new Saving(every, 0, false, 0, Optional.empty());
  }

  /**
   * {@return the same, keeping those of epochs}
   *
   * @param number of how many newest epochs; {@link #ALL} for all
   */
  public Saving epochs(int number) {
    return new Saving(every, number, tensorboard, spreads, copy);
  }

  /**
   * {@return the same, keeping those of epochs}
   *
   * @param text of how many newest epochs, or {@code all}
   * @throws UserException if it is neither
   */
  public Saving epochs(String text) {
    if (text.equals("all")) {
      return epochs(ALL);
    }
    if (!text.matches("[1-9]\\d{0,8}")) {
      throw UserException.expecting(
          "The number of kept checkpoints", "a number of epochs from 1, or all", Quote.of(text));
    }
    return epochs(Integer.parseInt(text));
  }

  /**
   * {@return the same with or without event files for TensorBoard}
   *
   * @param on whether they are written
   */
  public Saving tensorboard(boolean on) {
    return new Saving(every, epochs, on, spreads, copy);
  }

  /**
   * {@return the same, recording how weights, activations and gradients are spread}
   *
   * @param steps after how many steps each; 0 for never
   */
  public Saving spreads(int steps) {
    return new Saving(every, epochs, tensorboard, steps, copy);
  }

  /**
   * {@return the same, with a second place of the run's folder}
   *
   * @param place is brought up to date after every checkpoint, and at the end
   */
  public Saving copy(RunCopy place) {
    return new Saving(every, epochs, tensorboard, spreads, Optional.of(place));
  }
}
