package dev.vitrine.cli;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine runs name}: calls a run something. */
@Command(
    name = "name",
    description = "Call a run something, in a file beside it; without a name, nothing.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  vitrine runs name lenet-digits-1 \"first try\""})
final class RunsNameCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private RunsPlaceOptions place;

  @Parameters(index = "0", paramLabel = "ID", description = RunsPlaceOptions.ID)
  private String id;

  @Parameters(index = "1", paramLabel = "NAME", arity = "0..1", description = "One line.")
  private Optional<String> name;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write JSON for scripts.")
  private Optional<Output> json;

  @Override
  public void run() {
    RunsMarks.name(Main.terminal(spec), place.folders(), id, name.orElse(""), json);
  }
}
