package dev.vitrine.cli;

import dev.vitrine.error.Nearest;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.random.Seed;
import dev.vitrine.run.InputFacts;
import dev.vitrine.run.LoadedNetwork;
import dev.vitrine.run.Reading;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunFolder;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.zoo.Zoo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which network is looked at, and at which moment of its training. */
final class LookNetworkOptions {
  private static final Seed SEED = Seed.of(42);

  @Option(
      names = "--when",
      paramLabel = "init|last|EPOCH",
      description =
          "Before the run's first step, at its newest checkpoint, or after an epoch of which 'train"
              + " --keep-checkpoints' kept the numbers. Default: last")
  private Optional<String> when;

  @Mixin private OpeningOptions opening;

  /**
   * Opens a run folder, a file, or a network of the zoo, which has the numbers of a start.
   *
   * @throws UserException if it is none, or has no numbers of that moment
   */
  LookedAt open(String subject) {
    if (isPlan(subject)) {
      if (when.isPresent() && !when.get().equals("init")) {
        throw new UserException(
            "%s was not trained, so --when expects init or nothing, but got %s"
                .formatted(subject, Quote.of(when.get())));
      }
      return untrained(subject);
    }
    String near = Files.exists(Path.of(subject)) ? "" : Nearest.hint(subject, Zoo.names());
    if (!near.isEmpty()) {
      throw new UserException(
          "There is no run folder, checkpoint or network %s%s".formatted(subject, near));
    }
    TrainedNetwork network = opening.open(Path.of(subject));
    String moment = when.orElse("last");
    return switch (moment) {
      case "last" -> new LookedAt(network, network.load(), network.title(), true);
      case "init" ->
          new LookedAt(
              network, drawn(run(network).newModel()), network.title() + ", at its start", true);
      default -> ofEpoch(network, moment);
    };
  }

  /** Whether it is a network without numbers: one of the zoo, or a network file. */
  static boolean isPlan(String subject) {
    return Zoo.has(subject) || subject.endsWith(".json");
  }

  /** One without numbers, with those of a start. */
  static LookedAt untrained(String subject) {
    NetworkSpec spec = Zoo.find(subject);
    Model drawn = Model.of(spec.layers(), spec.input(), Initializer.leCunUniform(), SEED);
    TrainedNetwork untrained = TrainedNetwork.of(spec, Path.of(spec.name()), InputFacts.NONE);
    return new LookedAt(untrained, drawn(drawn), spec.title() + ", untrained", false);
  }

  /** Numbers that were read nowhere. */
  private static LoadedNetwork drawn(Model model) {
    return new LoadedNetwork(model, new Reading(Optional.empty(), List.of()));
  }

  private RunConfig run(TrainedNetwork network) {
    return network
        .run()
        .orElseThrow(() ->
            new UserException(
                "%s is no run, so nothing is known of other moments: leave --when out"
                    .formatted(network.path())));
  }

  private LookedAt ofEpoch(TrainedNetwork network, String moment) {
    run(network);
    if (!moment.matches("[1-9]\\d{0,8}")) {
      throw UserException.expecting("--when", "init, last or an epoch from 1", Quote.of(moment));
    }
    SortedMap<Integer, Path> kept = RunFolder.open(network.path()).epochCheckpoints();
    Path file = kept.get(Integer.parseInt(moment));
    if (file == null) {
      String epochs = kept.keySet().stream().map(String::valueOf).collect(Collectors.joining(", "));
      throw new UserException(
          kept.isEmpty()
              ? "%s kept no numbers of single epochs: 'train --keep-checkpoints all' keeps them"
                  .formatted(network.path())
              : "%s kept no numbers of epoch %s; kept are %s"
                  .formatted(network.path(), moment, epochs));
    }
    LoadedNetwork loaded = TrainedNetwork.open(file, Optional.empty()).load();
    return new LookedAt(
        network, loaded, "%s, after epoch %s".formatted(network.title(), moment), true);
  }

  /** What could not be known of somebody else's numbers, and on request where each went. */
  void remark(Terminal terminal, LookedAt seen) {
    if (seen.trained()) {
      opening.tell(terminal, seen.network(), seen.loaded().reading());
    }
  }

  /** What it is, with the stable names of {@code --json}. */
  Map<String, Object> fields(LookedAt seen) {
    Map<String, Object> fields = opening.fields(seen.network(), seen.loaded().reading());
    fields.put("when", when.orElse(seen.trained() ? "last" : "init"));
    return fields;
  }
}
