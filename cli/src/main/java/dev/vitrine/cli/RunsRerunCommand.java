package dev.vitrine.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine runs rerun}: whether a run comes out the same again. */
@Command(
    name = "rerun",
    description =
        "Train a run or a trial once more, alone and in a temporary folder, and say whether its"
            + " parameters come out identical, bit for bit. Test data are not read.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  vitrine runs rerun lenet-digits-1",
      "",
      "Exit codes: 0 identical, 1 not the same, 2 something you can mend, 130 stopped."
    })
final class RunsRerunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private RunsPlaceOptions place;

  @Parameters(paramLabel = "ID", description = RunsPlaceOptions.ID)
  private String id;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads; the result does not depend on it. Default: one a processor")
  private Optional<Integer> threads;

  @Option(names = "--data-dir", paramLabel = "DIR", description = "Folder to look for data in.")
  private Optional<Path> dataDir;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write JSON for scripts.")
  private Optional<Output> json;

  @Override
  public Integer call() {
    return RunsRerun.run(spec, place.folders(), id, threads, dataDir, json);
  }
}
