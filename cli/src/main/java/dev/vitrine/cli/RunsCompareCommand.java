package dev.vitrine.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine runs compare}: what differs, and what came of it. */
@Command(
    name = "compare",
    description = "Runs side by side: the settings in which they differ, and what they came to.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  vitrine runs compare lenet-digits-1 lenet-digits-2"})
final class RunsCompareCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private RunsPlaceOptions place;

  @Parameters(paramLabel = "ID", arity = "2..*", description = RunsPlaceOptions.ID)
  private List<String> ids = List.of();

  @Option(names = "--json", paramLabel = "FILE", description = "Also write JSON for scripts.")
  private Optional<Output> json;

  @Override
  public void run() {
    RunsDetails.compare(Main.terminal(spec), place.folders(), ids, json);
  }
}
