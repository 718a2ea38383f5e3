package dev.vitrine.cli;

import dev.vitrine.image.Normalisation;
import dev.vitrine.settings.TrainSettings;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How samples become a network's inputs. */
final class NormalisationOptions {
  @Option(names = "--divisor", paramLabel = "NUMBER", description = TrainSettings.DIVISOR)
  private Optional<Double> divisor;

  @Option(
      names = "--mean",
      paramLabel = "NUMBER[,…]",
      split = ",",
      description = TrainSettings.MEAN)
  private List<Double> mean;

  @Option(
      names = "--deviation",
      paramLabel = "NUMBER[,…]",
      split = ",",
      description = TrainSettings.DEVIATION)
  private List<Double> deviation;

  /** The normalisation, if any of it was said; the rest of it as usual. */
  Optional<Normalisation> said() {
    if (divisor.isEmpty() && mean == null && deviation == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Normalisation(
            divisor.orElse(Normalisation.UNIT.divisor()),
            mean == null ? Normalisation.UNIT.mean() : mean,
            deviation == null ? Normalisation.UNIT.deviation() : deviation));
  }
}
