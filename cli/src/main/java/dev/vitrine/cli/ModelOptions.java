package dev.vitrine.cli;

import dev.vitrine.error.UserException;
import dev.vitrine.image.Normalisation;
import dev.vitrine.run.TrainedNetwork;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
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
      names = "--divisor",
      paramLabel = "NUMBER",
      description =
          "What a file's network divides samples of 0 to 255 by; 1 leaves them. Default: 255, or"
              + " what a checkpoint says")
  private Optional<Double> divisor;

  @Option(
      names = "--mean",
      paramLabel = "NUMBER[,…]",
      split = ",",
      description = "What it then subtracts, one for all channels or one each. Default: 0")
  private List<Double> mean;

  @Option(
      names = "--deviation",
      paramLabel = "NUMBER[,…]",
      split = ",",
      description = "What it divides by then, likewise. Default: 1")
  private List<Double> deviation;

  @Option(
      names = "--resize",
      paramLabel = "SIZE",
      description =
          "Bring the test images to this size first, for a network that a file says nothing of: a"
              + " side such as 20, or HEIGHTxWIDTH. Default: as they are")
  private Optional<String> resize;

  @Mixin private MappingOptions mapping;

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
    TrainedNetwork known = TrainedNetwork.open(path, network, key);
    TrainedNetwork opened = mapping.said(resize.map(size -> resized(known, size)).orElse(known));
    if (divisor.isEmpty() && mean == null && deviation == null) {
      return opened;
    }
    Normalisation normalisation =
        new Normalisation(
            divisor.orElse(Normalisation.UNIT.divisor()),
            mean == null ? Normalisation.UNIT.mean() : mean,
            deviation == null ? Normalisation.UNIT.deviation() : deviation);
    return opened.normalised(normalisation);
  }

  private static TrainedNetwork resized(TrainedNetwork network, String size) {
    if (network.run().isPresent()) {
      throw new UserException(
          "%s says what size its images had: leave --resize out".formatted(network.path()));
    }
    return new TrainedNetwork(
        network.path(),
        network.spec(),
        network.checkpoint(),
        network.inputs().resized(TrainOptions.size(size)),
        network.run(),
        network.training(),
        network.foreign());
  }

  /** What could not be known of somebody else's numbers, and on request where each went. */
  void showMapping(Terminal terminal, TrainedNetwork opened) {
    mapping.show(terminal, opened);
  }

  /** Where each of somebody else's numbers went, for scripts. */
  void putMapping(TrainedNetwork opened, Map<String, Object> fields) {
    mapping.json(opened).ifPresent(json -> fields.put("mapping", json));
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
  Map<String, Object> fields(TrainedNetwork network) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("run", path.toString());
    fields.put("network", network.spec().name());
    fields.put("trained_on", network.dataTitle().orElse(null));
    fields.put("training", network.training().toJson());
    fields.put(
        "trained_polarity",
        network.inputs().polarities().map(shares -> shares.usual().key()).orElse(null));
    putMapping(network, fields);
    return fields;
  }
}
