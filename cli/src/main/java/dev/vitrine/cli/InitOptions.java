package dev.vitrine.cli;

import dev.vitrine.error.UserException;
import dev.vitrine.image.Normalisation;
import dev.vitrine.run.InitialWeights;
import dev.vitrine.run.RunNetwork;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Learned numbers that a training begins with. */
final class InitOptions {
  @Option(
      names = "--init-from",
      paramLabel = "FILE",
      description =
          "Begin with the numbers of a run, a checkpoint or somebody else's file of weights in place"
              + " of drawn ones; they must fit --model.")
  private Optional<Path> file;

  @Mixin private MappingOptions mapping;

  /**
   * The network with what it begins with.
   *
   * @throws UserException if there are no such numbers, or options contradict each other
   */
  RunNetwork begin(CommandSpec spec, RunNetwork network) {
    if (file.isEmpty()) {
      for (String option : List.of("--key", "--layout", "--classes", "--mapping")) {
        Surplus.refuse(spec, option, "without --init-from");
      }
      return network;
    }
    if (spec.commandLine().getParseResult().hasMatchedOption("--init")) {
      throw new UserException(
          "--init and --init-from both say what the weights begin as: leave one out");
    }
    InitialWeights weights = InitialWeights.of(file.get(), mapping.key(), mapping.conventions());
    weights.requireReadable();
    return network.initFrom(weights);
  }

  /** What was begun with, what could not be known of it, and on request where each tensor went. */
  void introduce(Terminal terminal, RunNetwork network, Normalisation inputs) {
    network
        .initFrom()
        .ifPresent(weights -> {
          terminal.note(
              "begins with the numbers of %s, with inputs of %s",
              weights.file(), inputs.description());
          mapping.show(terminal, weights.transfer(network.spec()));
        });
  }
}
