package dev.vitrine.lab.trial;

import dev.vitrine.data.DataSource;
import dev.vitrine.run.RunConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What a study's settings mean. */
public interface Trainings {
  /**
   * {@return what a run of such settings computes, with the command that gives it again}
   *
   * @param settings by name, the seed among them
   * @throws dev.vitrine.error.UserException if one is unknown or out of its range
   */
  RunConfig config(Map<String, String> settings);

  /**
   * {@return the data of a run}
   *
   * @param config what it computes
   * @throws dev.vitrine.error.UserException if there are none of that name
   */
  DataSource data(RunConfig config);

  /** {@return the folder where data are looked for first, if somebody said so} */
  default Optional<Path> folder() {
    return Optional.empty();
  }
}
