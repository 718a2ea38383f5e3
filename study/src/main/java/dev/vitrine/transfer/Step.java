package dev.vitrine.transfer;

import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * One change of a tensor's numbers on their way.
 *
 * @param change its kind
 * @param words what is done, with what is special to the tensor, in mid-sentence
 * @param numbers the numbers, row-major, before and after; the given array may be given back
 */
public record Step(Change change, String words, UnaryOperator<float[]> numbers) {
  /** Refuses {@code null}. */
  public Step {
    Objects.requireNonNull(change, "change");
    Objects.requireNonNull(words, "words");
    Objects.requireNonNull(numbers, "numbers");
  }

  static Step of(Change change, UnaryOperator<float[]> numbers) {
    return new Step(change, change.words(), numbers);
  }

  @Override
  public String toString() {
    return words;
  }
}
