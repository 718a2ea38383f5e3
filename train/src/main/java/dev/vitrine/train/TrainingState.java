package dev.vitrine.train;

import dev.vitrine.tensor.Parameters;
import java.util.Map;
import java.util.Objects;

/**
 * All that a training needs to go on exactly.
 *
 * @param parameters the network's numbers
 * @param optimizer the optimiser's memory, by name, laid out like the parameters
 * @param progress how far it is
 */
public record TrainingState(
    Parameters parameters, Map<String, Parameters> optimizer, Progress progress) {
  /** Refuses {@code null}. */
  public TrainingState {
    Objects.requireNonNull(parameters, "parameters");
    Objects.requireNonNull(optimizer, "optimizer");
    Objects.requireNonNull(progress, "progress");
  }
}
