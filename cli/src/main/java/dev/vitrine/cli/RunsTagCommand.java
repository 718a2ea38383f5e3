package dev.vitrine.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine runs tag}: files a run under words. */
@Command(
    name = "tag",
    description = "File a run under words, or no longer.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  vitrine runs tag lenet-digits-1 final paper"})
final class RunsTagCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private RunsPlaceOptions place;

  @Parameters(index = "0", paramLabel = "ID", description = RunsPlaceOptions.ID)
  private String id;

  @Parameters(index = "1..*", paramLabel = "TAG", arity = "1..*", description = "A word.")
  private List<String> tags = List.of();

  @Option(names = "--remove", description = "Take these tags away.")
  private boolean remove;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write JSON for scripts.")
  private Optional<Output> json;

  @Override
  public void run() {
    RunsMarks.tag(Main.terminal(spec), place.folders(), id, tags, remove, json);
  }
}
