package dev.vitrine.cli;

import dev.vitrine.run.Reading;
import dev.vitrine.run.TrainedNetwork;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
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

  @Mixin private OpeningOptions opening;

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
    return opening.open(path);
  }

  /** As {@link OpeningOptions#tell}. */
  void tell(Terminal terminal, TrainedNetwork opened, Reading reading) {
    opening.tell(terminal, opened, reading);
  }

  /** As {@link OpeningOptions#put}. */
  void put(Reading reading, Map<String, Object> fields) {
    opening.put(reading, fields);
  }

  /** That it is guessed how its pictures became inputs, if it is. */
  static Optional<String> remark(TrainedNetwork network) {
    return network.inputs().normalisation().isPresent()
        ? Optional.empty()
        : Optional.of(
            "how its pictures became inputs is not known: taken as %s (--divisor, --mean and --deviation say otherwise)"
                .formatted(network.normalisation().description()));
  }

  /** What it is, with the stable names of {@code --json}. */
  Map<String, Object> fields(TrainedNetwork network, Reading reading) {
    return opening.fields(network, reading);
  }
}
