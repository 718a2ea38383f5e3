package dev.vitrine.cli;

import dev.vitrine.image.ImageSize;
import dev.vitrine.run.Reading;
import dev.vitrine.run.TrainedNetwork;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How the numbers of somebody else's file are to be taken. */
final class ForeignOptions {
  @Mixin private NormalisationOptions normalisation;

  @Option(
      names = "--resize",
      paramLabel = "SIZE",
      description =
          "Bring the test images to this size first, for a network that a file says nothing of: a"
              + " side such as 20, or HEIGHTxWIDTH. Default: as they are")
  private Optional<String> resize;

  @Option(
      names = "--output",
      paramLabel = "VALUE",
      description =
          "The value that an ONNX file's network ends in. Default: its first output, or what a last softmax is of")
  private Optional<String> output;

  @Mixin private MappingOptions mapping;

  /** The place in the file below which the numbers lie, if one was named. */
  Optional<String> key() {
    return mapping.key();
  }

  /**
   * Opens a trained network with what was said of its numbers.
   *
   * @throws dev.vitrine.error.UserException if it is no trained network
   */
  TrainedNetwork open(Path path, Optional<String> network) {
    TrainedNetwork whole = TrainedNetwork.open(path, network, key());
    TrainedNetwork cut = output.map(whole::endingIn).orElse(whole);
    TrainedNetwork opened =
        mapping.said(resize.map(size -> cut.resized(ImageSize.parse(size))).orElse(cut));
    return normalisation.said().map(opened::normalised).orElse(opened);
  }

  /**
   * What could not be known of somebody else's numbers, on request where each went, and which are
   * not finite.
   */
  void tell(Terminal terminal, TrainedNetwork opened, Reading reading) {
    opened.remarks().forEach(remark -> terminal.sentence("%s", remark));
    mapping.show(terminal, reading.transfer());
    reading.warnings().forEach(flaw -> terminal.sentence("warning: %s", flaw));
  }

  /** Where each of somebody else's numbers went, and which are not finite, for scripts. */
  void put(Reading reading, Map<String, Object> fields) {
    reading.transfer().ifPresent(transfer -> fields.put("mapping", MappingView.json(transfer)));
    fields.put("flaws", reading.warnings());
  }
}
