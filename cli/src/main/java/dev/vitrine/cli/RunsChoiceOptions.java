package dev.vitrine.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which runs are meant. */
final class RunsChoiceOptions {
  @Parameters(
      paramLabel = "FILTER",
      arity = "0..*",
      description = "A part of what the run goes by, its state, network, data, name or tags.")
  List<String> words = new ArrayList<>();

  @Option(
      names = "--where",
      paramLabel = "CONDITION",
      description =
          "Such as model=lenet, test_accuracy>98%% or tags~final; = != < <= > >= ~ (contains); may be"
              + " repeated, all hold.")
  List<String> where = new ArrayList<>();

  @Option(
      names = "--sort",
      paramLabel = "[-]COLUMN",
      description = "Sort by a column; with a hyphen from the largest on. Default: oldest first")
  Optional<String> sort = Optional.empty();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most N: the newest, or the first of --sort.")
  Optional<Integer> limit = Optional.empty();
}
