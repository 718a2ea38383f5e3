package dev.vitrine.cli;

import dev.vitrine.error.UserException;
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
      Team.Provider spark =
          ServiceLoader.load(Team.Provider.class)
              .findFirst()
              .orElseThrow(() ->
                  new UserException(
                      "--cluster needs Apache Spark, which this start does not have: use the script"
                          + " vitrine on Linux or macOS, which fetches it"));
      terminal.busy("Connecting to " + master.get());
      team = Optional.of(spark.connect(master.get(), members, said -> terminal.note("%s", said)));
    }
    return team;
  }

  @Override
  public void close() {
    team.ifPresent(Team::close);
  }
}
