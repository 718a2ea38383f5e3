package dev.vitrine.vision;

import dev.vitrine.vision.find.Box;
import dev.vitrine.vision.find.Candidate;
import java.util.Objects;

/**
 * A digit as it was read.
 *
 * @param box where it is, in pixels of the picture that was looked at
 * @param candidate its ink, its cut and what the model says of it
 * @param probability how surely it is {@link #digit}, where the other readings of its line count
 *     too
 * @param unsure whether it should be looked at by a person
 */
public record ReadDigit(Box box, Candidate candidate, double probability, boolean unsure) {
  /** Refuses {@code null}. */
  public ReadDigit {
    Objects.requireNonNull(box, "box");
    Objects.requireNonNull(candidate, "candidate");
  }

  /** {@return the digit, 0 … 9} */
  public int digit() {
    return candidate.best();
  }

  /** {@return the second guess, 0 … 9} */
  public int second() {
    return candidate.second();
  }

  /** {@return how likely the second guess is} */
  public double secondProbability() {
    return candidate.probabilities()[second()];
  }
}
