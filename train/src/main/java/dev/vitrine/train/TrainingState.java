package dev.vitrine.train;

import dev.vitrine.optim.ValidationLoss;
import dev.vitrine.tensor.Parameters;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * All that a training needs to go on exactly.
 *
 * @param parameters the network's numbers
 * @param optimizer the optimiser's memory, by name, laid out like the parameters
 * @param progress how far it is
 * @param past what validation gave after each epoch, if the recipe depends on it; otherwise none
 * @param best the network's numbers after the best epoch, if the recipe keeps them and there is one
 */
public record TrainingState(
    Parameters parameters,
    Map<String, Parameters> optimizer,
    Progress progress,
    List<ValidationLoss> past,
    Optional<Parameters> best) {
  /** Refuses {@code null}. */
  public TrainingState {
    Objects.requireNonNull(parameters, "parameters");
    Objects.requireNonNull(optimizer, "optimizer");
    Objects.requireNonNull(progress, "progress");
    Objects.requireNonNull(best, "best");
    past = List.copyOf(Objects.requireNonNull(past, "past"));
  }
}
