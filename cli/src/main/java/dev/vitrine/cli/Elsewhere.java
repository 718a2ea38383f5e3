package dev.vitrine.cli;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.lab.trial.TrialTeam;
import dev.vitrine.run.RunCopy;
import dev.vitrine.run.Team;
import java.util.Optional;
import java.util.ServiceLoader;

/** The cluster that a command names, once it is wanted; closed with the command. */
final class Elsewhere implements AutoCloseable {
  private final Optional<String> master;
  private final int members;
  private final Terminal terminal;
  private Optional<Team> team = Optional.empty();

  /**
   * A cluster, if one is named.
   *
   * @param members how many, if that is said
   */
  Elsewhere(Optional<String> master, Optional<Integer> members, Terminal terminal) {
    this.master = master;
    this.members = Counts.positive("--members", members, 0);
    this.terminal = terminal;
  }

  /** Who computes there; connects when it is first asked. */
  Optional<Team> team() {
    if (team.isEmpty() && master.isPresent()) {
      Team.Provider spark = spark(Team.Provider.class);
      terminal.busy("Connecting to " + master.get());
      team = Optional.of(spark.connect(master.get(), members, said -> terminal.note("%s", said)));
    }
    return team;
  }

  /**
   * A second place of a run, by the cluster's file systems.
   *
   * @throws UserException if no cluster is named
   */
  RunCopy copy(String place) {
    return team()
        .orElseThrow(() ->
            new UserException(
                "%s is on a file system of a cluster: name the cluster, too, with --cluster"
                    .formatted(Quote.of(place))))
        .copy(place);
  }

  @Override
  public void close() {
    team.ifPresent(Team::close);
  }

  /** Who trains a study's trials on the cluster that a command names, if it names one. */
  static Optional<TrialTeam> trials(Optional<String> master, Terminal terminal) {
    return master.map(place -> {
      TrialTeam.Provider spark = spark(TrialTeam.Provider.class);
      terminal.busy("Connecting to " + place);
      return spark.connectTrials(place, said -> terminal.note("%s", said));
    });
  }

  private static <T> T spark(Class<T> provider) {
    return ServiceLoader.load(provider)
        .findFirst()
        .orElseThrow(() ->
            new UserException(
                "--cluster needs Apache Spark, which this start does not have: use the script"
                    + " vitrine on Linux or macOS, which fetches it"));
  }
}
