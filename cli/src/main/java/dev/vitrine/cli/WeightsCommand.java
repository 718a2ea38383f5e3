package dev.vitrine.cli;

import dev.vitrine.transfer.Recognition;
import dev.vitrine.weights.Weights;
import dev.vitrine.weights.WeightsComparison;
import dev.vitrine.weights.WeightsListing;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine weights}: what stands in anybody's file of weights. */
@Command(
    name = "weights",
    description =
        "List the tensors in a file of weights, whatever program wrote it, or compare two files"
            + " tensor by tensor.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  vitrine weights lenet.mat",
      "  vitrine weights checkpoint.th --key state_dict",
      "  vitrine weights before.safetensors after.safetensors"
    })
final class WeightsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..2",
      description = "A file, or a folder with the index of several; two are compared.")
  private List<Path> files = List.of();

  @Option(
      names = "--key",
      paramLabel = "PLACE",
      description = "Only what lies at a place, such as state_dict or net.layers.")
  private Optional<String> key;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write JSON for scripts.")
  private Optional<Output> json;

  @Override
  public void run() {
    Terminal terminal = Main.terminal(spec);
    terminal.busy("reading");
    Weights first = Weights.read(files.getFirst());
    if (files.size() == 1) {
      WeightsListing listing = WeightsListing.of(first, key);
      List<Recognition> fitting = Recognition.of(first, key);
      json.ifPresent(file -> file.json(WeightsView.json(first, listing, fitting)));
      WeightsView.show(terminal, first, listing, fitting);
      return;
    }
    Weights second = Weights.read(files.getLast());
    WeightsComparison comparison = WeightsComparison.of(first, second, key);
    json.ifPresent(file -> file.json(WeightsComparisonView.json(first, second, comparison)));
    WeightsComparisonView.show(terminal, first, second, comparison);
  }
}
