package dev.vitrine.cli;

import dev.vitrine.image.Normalisation;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How samples become a network's inputs. */
final class NormalisationOptions {
  @Option(
      names = "--divisor",
      paramLabel = "NUMBER",
      description =
          "What samples of 0 to 255 are divided by; 1 leaves them. Default: 255, or what a"
              + " checkpoint says")
  private Optional<Double> divisor;

  @Option(
      names = "--mean",
      paramLabel = "NUMBER[,…]",
      split = ",",
      description = "What is then subtracted, one for all channels or one each. Default: 0")
  private List<Double> mean;

  @Option(
      names = "--deviation",
      paramLabel = "NUMBER[,…]",
      split = ",",
      description =
          "What they are divided by then, likewise; below 0 for inverted pictures (--mean 1"
              + " --deviation -1 exchanges light and dark). Default: 1")
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
