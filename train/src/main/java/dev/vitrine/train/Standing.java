package dev.vitrine.train;

import dev.vitrine.error.UserException;
import dev.vitrine.optim.ValidationLoss;
import dev.vitrine.tensor.Parameters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a training that depends on validation knows of it: all else, whether the rate falls and when
 * it ends, is a function of these losses. A training that does not depend on them keeps nothing.
 */
final class Standing {
  private final boolean watches;
  private final Optional<EarlyStop> stop;
  private final Course course;
  private final List<ValidationLoss> past = new ArrayList<>();

  /** One for all steps, which allocate nothing. */
  private final List<ValidationLoss> pastView = Collections.unmodifiableList(past);

  private Parameters best;
  private boolean over;

  Standing(Recipe recipe, Course course) {
    watches = recipe.watchesValidation();
    stop = recipe.earlyStop();
    this.course = course;
  }

  List<ValidationLoss> past() {
    return pastView;
  }

  Optional<Parameters> best() {
    return Optional.ofNullable(best);
  }

  boolean isOver() {
    return over;
  }

  OptionalInt bestEpoch() {
    return stop.isPresent() ? stop.get().best(past) : OptionalInt.empty();
  }

  /** Notes an epoch's loss; the best numbers are copied, as the given ones go on changing. */
  void validated(long step, double loss, Parameters now) {
    if (!course.atEpochEnd(step) || (!past.isEmpty() && past.getLast().step() >= step)) {
      throw new IllegalStateException(
          "A validation loss is noted once, after an epoch's last step, but not after step "
              + step);
    }
    if (!watches) {
      return;
    }
    past.add(new ValidationLoss(step, loss));
    if (bestEpoch().orElse(0) == past.size()) {
      best = now.copy();
    }
    over = stop.isPresent() && stop.get().isOver(past);
  }

  /**
   * Goes to where a state stands.
   *
   * @throws UserException if it does not know of every epoch that has ended
   */
  void restore(TrainingState state) {
    long ended = watches ? course.epochsDone(state.progress().step()) : 0;
    if (state.past().size() != ended) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "The checkpoint expects validation losses of %,d epochs, but has %,d: it belongs to another training",
              ended,
              state.past().size()));
    }
    past.clear();
    past.addAll(state.past());
    best = state.best().map(Parameters::copy).orElse(null);
    if (bestEpoch().isPresent() != (best != null)) {
      throw new UserException(
          "The checkpoint does not have the numbers of the best epoch: it is damaged");
    }
    over = stop.isPresent() && stop.get().isOver(past);
  }
}
