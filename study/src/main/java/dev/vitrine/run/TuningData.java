package dev.vitrine.run;

import dev.vitrine.data.DataSource;
import dev.vitrine.data.DataSplits;
import dev.vitrine.data.Dataset;
import dev.vitrine.data.Origin;
import dev.vitrine.error.UserException;
import java.util.Objects;
import java.util.Optional;

/**
 * What a training may see, and whoever chooses between trainings: there are no test examples in it,
 * so nothing can be tuned on them.
 *
 * @param train the examples to learn from
 * @param validation examples held out from training, to choose and to stop by
 * @param origin where all of the data come from, the test examples among them
 */
public record TuningData(Dataset train, Optional<Dataset> validation, Origin origin) {
  /** Refuses {@code null}. */
  public TuningData {
    Objects.requireNonNull(train, "train");
    Objects.requireNonNull(validation, "validation");
    Objects.requireNonNull(origin, "origin");
  }

  /**
   * {@return data without their test examples}
   *
   * @param data all of them
   */
  public static TuningData of(DataSplits data) {
    return new TuningData(data.train(), data.validation(), data.origin());
  }

  /**
   * Reads or makes data, and lets go of their test examples.
   *
   * @param source where they are
   * @return the others
   * @throws UserException if they cannot be had
   */
  public static TuningData load(DataSource source) {
    return of(source.load());
  }
}
