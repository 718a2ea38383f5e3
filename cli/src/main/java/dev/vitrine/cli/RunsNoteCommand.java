package dev.vitrine.cli;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine runs note}: a text beside a run. */
@Command(
    name = "note",
    description = "Write a note beside a run, in place of the one before; without a text, none.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  vitrine runs note lenet-digits-1 \"best rate so far\""})
final class RunsNoteCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private RunsPlaceOptions place;

  @Parameters(index = "0", paramLabel = "ID", description = RunsPlaceOptions.ID)
  private String id;

  @Parameters(index = "1", paramLabel = "TEXT", arity = "0..1", description = "Any text.")
  private Optional<String> note;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write JSON for scripts.")
  private Optional<Output> json;

  @Override
  public void run() {
    RunsMarks.note(Main.terminal(spec), place.folders(), id, note.orElse(""), json);
  }
}
