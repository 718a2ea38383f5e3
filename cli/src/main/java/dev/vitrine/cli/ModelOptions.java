package dev.vitrine.cli;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.image.Normalisation;
import dev.vitrine.run.TrainedNetwork;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which trained network a command is about. */
final class ModelOptions {
  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description =
          "The folder of a run, a bare checkpoint, or somebody else's file of weights, such as"
              + " PyTorch's, NumPy's or MATLAB's.")
  private Path path;

  @Option(
      names = "--network",
      paramLabel = "NETWORK",
      description =
          "Whose numbers a file holds: a name that 'vitrine summary --list' shows, or a"
              + " network file. Default: the named network that the checkpoint says")
  private Optional<String> network;

  @Option(
      names = "--key",
      paramLabel = "PLACE",
      description =
          "Where in somebody else's file the numbers lie, such as state_dict. Default: what fits")
  private Optional<String> key;

  @Option(
      names = "--pixels",
      paramLabel = "SCALE",
      description =
          "How somebody else's network was shown pixels: unit (0 to 1), bytes (0 to 255) or signed"
              + " (-1 to 1). Default: unit")
  private Optional<String> pixels;

  /** What was typed. */
  Path path() {
    return path;
  }

  /**
   * Opens it.
   *
   * @throws dev.vitrine.error.UserException if it is no trained network
   */
  TrainedNetwork open() {
    TrainedNetwork opened = TrainedNetwork.open(path, network, key);
    return pixels.map(scale -> opened.normalised(normalisation(scale))).orElse(opened);
  }

  private static Normalisation normalisation(String scale) {
    return switch (scale) {
      case "unit" -> Normalisation.UNIT;
      case "bytes" -> new Normalisation(1, List.of(0.0), List.of(1.0));
      case "signed" -> Normalisation.of(0.5, 0.5);
      default ->
          throw new UserException(
              "--pixels expects unit, bytes or signed, but got " + Quote.of(scale));
    };
  }

  /** What it is, with the stable names of {@code --json}. */
  Map<String, Object> fields(TrainedNetwork network) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("run", path.toString());
    fields.put("network", network.spec().name());
    fields.put("trained_on", network.dataTitle().orElse(null));
    fields.put("training", network.training().toJson());
    fields.put(
        "trained_polarity", network.polarities().map(shares -> shares.usual().key()).orElse(null));
    return fields;
  }
}
