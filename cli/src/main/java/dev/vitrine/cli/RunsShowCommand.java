package dev.vitrine.cli;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine runs show}: all that is known of a run. */
@Command(
    name = "show",
    description = "All that is known of one run: figures, settings, epochs.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  vitrine runs show lenet-digits-1"})
final class RunsShowCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private RunsPlaceOptions place;

  @Parameters(paramLabel = "ID", description = RunsPlaceOptions.ID)
  private String id;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write JSON for scripts.")
  private Optional<Output> json;

  @Override
  public void run() {
    RunsDetails.show(Main.terminal(spec), place.folders(), id, json);
  }
}
