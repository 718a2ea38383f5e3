package dev.vitrine.data;

import dev.vitrine.random.Seed;
import java.util.Objects;
import java.util.Optional;

/**
 * What a network is trained on, watched on and, at the end, judged by.
 *
 * @param train the examples to learn from
 * @param validation examples held out from training, to choose and to stop by
 * @param test examples that nothing is chosen by
 */
public record DataSplits(Dataset train, Optional<Dataset> validation, Dataset test) {
  /** Refuses {@code null}. */
  public DataSplits {
    Objects.requireNonNull(train, "train");
    Objects.requireNonNull(validation, "validation");
    Objects.requireNonNull(test, "test");
  }

  /**
   * {@return training and test data without validation data}
   *
   * @param train what is learned from
   * @param test what is judged by
   */
  public static DataSplits of(Dataset train, Dataset test) {
    Objects.requireNonNull(train, "train");
    Objects.requireNonNull(test, "test");
    return new DataSplits(train, Optional.empty(), test);
  }

  /**
   * {@return these, with a part of the training data held out for validation, as {@link Split#of}
   * does}
   *
   * @param fraction the share of the training data that is held out, in (0, 1)
   * @param seed where the choice comes from
   */
  public DataSplits holdOut(double fraction, Seed seed) {
    Split split = Split.of(train, fraction, seed);
    return new DataSplits(split.train(), Optional.of(split.validation()), test);
  }

  /** {@return where all of it comes from} */
  public Origin origin() {
    Origin learned = train.origin();
    return validation.map(part -> learned.and(part.origin())).orElse(learned).and(test.origin());
  }
}
