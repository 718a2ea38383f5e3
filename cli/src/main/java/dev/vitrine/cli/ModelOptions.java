package dev.vitrine.cli;

import dev.vitrine.run.TrainedNetwork;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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
    return TrainedNetwork.open(path, network, key);
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
