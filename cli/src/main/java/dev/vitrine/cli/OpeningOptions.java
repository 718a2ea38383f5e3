package dev.vitrine.cli;

import dev.vitrine.run.Reading;
import dev.vitrine.run.TrainedNetwork;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a file becomes a trained network. */
final class OpeningOptions {
  @Option(
      names = "--network",
      paramLabel = "NETWORK",
      description =
          "Whose numbers a file holds: a name that 'vitrine summary --list' shows, or a"
              + " network file. Default: the named network that the checkpoint says")
  private Optional<String> network;

  @Mixin private ForeignOptions foreign;

  /**
   * Opens it.
   *
   * @param path a run folder or a file
   * @throws dev.vitrine.error.UserException if it is no trained network
   */
  TrainedNetwork open(Path path) {
    return foreign.open(path, network);
  }

  /** As {@link ForeignOptions#tell}. */
  void tell(Terminal terminal, TrainedNetwork opened, Reading reading) {
    foreign.tell(terminal, opened, reading);
  }

  /** As {@link ForeignOptions#put}. */
  void put(Reading reading, Map<String, Object> fields) {
    foreign.put(reading, fields);
  }

  /** What it is, with the stable names of {@code --json}. */
  Map<String, Object> fields(TrainedNetwork opened, Reading reading) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("run", opened.path().toString());
    fields.put("network", opened.spec().name());
    fields.put("trained_on", opened.dataTitle().orElse(null));
    fields.put("training", opened.training().toJson());
    fields.put(
        "trained_polarity",
        opened.inputs().polarities().map(shares -> shares.usual().key()).orElse(null));
    put(reading, fields);
    return fields;
  }
}
