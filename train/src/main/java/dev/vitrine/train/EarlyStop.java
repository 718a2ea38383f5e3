package dev.vitrine.train;

import dev.vitrine.error.Range;
import dev.vitrine.error.UserException;
import dev.vitrine.optim.ValidationLoss;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Early stopping: training ends after an epoch when, for {@code patience} epochs in a row, the
 * validation loss was not below the best by more than {@code minDelta}. The weights of the best
 * epoch are kept, and are the network's at the end, also where the last epoch was reached.
 *
 * @param patience epochs without a better one, 1 or more
 * @param minDelta by how much a loss must be below the best to be better, 0 or more
 */
public record EarlyStop(int patience, double minDelta) {
  /** Checks the ranges. */
  public EarlyStop {
    if (patience < 1) {
      throw UserException.expecting(
          "Early stopping", "a patience of 1 epoch or more", Integer.toString(patience));
    }
    Range.FROM_ZERO.require("Early stopping", "a least difference of 0 or more", minDelta);
  }

  /**
   * {@return early stopping where any lower loss is better}
   *
   * @param patience epochs without a better one, 1 or more
   */
  public static EarlyStop of(int patience) {
    return new EarlyStop(patience, 0);
  }

  /**
   * {@return the epoch, from 1, that did best; empty before the first}
   *
   * @param past what each epoch came to, in their order
   */
  public OptionalInt best(List<ValidationLoss> past) {
    Objects.requireNonNull(past, "past");
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int epoch = 1; epoch <= past.size(); epoch++) {
      double loss = past.get(epoch - 1).loss();
      if (loss < least - minDelta) {
        least = loss;
        best = epoch;
      }
    }
    return best == 0 ? OptionalInt.empty() : OptionalInt.of(best);
  }

  /**
   * {@return whether training ends now}
   *
   * @param past what each epoch came to, in their order
   */
  public boolean isOver(List<ValidationLoss> past) {
    Objects.requireNonNull(past, "past");
    return past.size() - best(past).orElse(past.size()) >= patience;
  }
}
