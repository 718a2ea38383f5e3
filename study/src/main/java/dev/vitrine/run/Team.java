package dev.vitrine.run;

import dev.vitrine.nn.Model;
import dev.vitrine.train.ShardSource;
import java.util.function.Consumer;

/**
 * Processes elsewhere that compute a run's shards; what they learn, its checkpoints and its report
 * stay here, and so its bits.
 */
public interface Team extends AutoCloseable {
  /**
   * {@return who computes the shards of a run}
   *
   * @param config what it computes: its members read the same data by it, and are refused if those
   *     are others
   * @param model whose parameters its members are given at every step
   * @throws dev.vitrine.error.UserException if the team cannot do that: it is too small or too
   *     large for the recipe's shards, or its members do not come
   */
  ShardSource join(RunConfig config, Model model);

  /**
   * {@return a second place of a run, on a file system that the team knows}
   *
   * @param place its address there
   * @throws dev.vitrine.error.UserException if it knows none by that address
   */
  RunCopy copy(String place);

  /** Lets the members go. */
  @Override
  void close();

  /** Makes teams on some kind of cluster; found as a service. */
  interface Provider {
    /**
     * {@return a team}
     *
     * @param place the cluster's address
     * @param members how many at most, 0 for as many as there is room and work for
     * @param notes hears what a person may want to know of the team, a sentence at a time
     * @throws dev.vitrine.error.UserException if nobody answers there, or it has too little room
     */
    Team connect(String place, int members, Consumer<String> notes);
  }
}
