package dev.vitrine.cli;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vitrine runs export}: runs for other programs. */
@Command(
    name = "export",
    description = "Write runs with all their figures and settings for other programs.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  vitrine runs export --where state=finished --csv runs.csv"})
final class RunsExportCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private RunsPlaceOptions place;
  @Mixin private RunsChoiceOptions choice;

  @Option(names = "--csv", paramLabel = "FILE", description = "Write CSV (RFC 4180).")
  private Optional<Output> csv;

  @Option(names = "--json", paramLabel = "FILE", description = "Write JSON.")
  private Optional<Output> json;

  @Override
  public void run() {
    RunsMarks.export(Main.terminal(spec), place.folders(), choice, csv, json);
  }
}
