package dev.vitrine.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine runs delete}: into the bin, and back. */
@Command(
    name = "delete",
    description =
        "Put runs into the bin beside them, a folder .bin, or bring them back; never one that is being trained.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  vitrine runs delete lenet-digits-1",
      "  vitrine runs delete --restore lenet-digits-1"
    })
final class RunsDeleteCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private RunsPlaceOptions place;

  @Parameters(
      paramLabel = "ID",
      arity = "1..*",
      description = RunsPlaceOptions.ID + " With --restore the name of its folder.")
  private List<String> ids = List.of();

  @Option(names = "--restore", description = "Bring runs back from the bin.")
  private boolean restore;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write JSON for scripts.")
  private Optional<Output> json;

  @Override
  public void run() {
    Terminal terminal = Main.terminal(spec);
    if (restore) {
      RunsMarks.restore(terminal, place.folders(), ids, json);
    } else {
      RunsMarks.delete(terminal, place.folders(), ids, json);
    }
  }
}
