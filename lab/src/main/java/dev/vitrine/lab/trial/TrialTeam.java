package dev.vitrine.lab.trial;

import dev.vitrine.train.TrainingControl;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Processes elsewhere that train a sweep's trials. What is to be trained, the journal, choices and
 * the test data stay here.
 */
public interface TrialTeam extends AutoCloseable {
  /** {@return how many trials there is room for at once} */
  int room();

  /**
   * Has a part of a trial trained, and waits for it. Called on several threads at once.
   *
   * @param trial what is to be trained, and from where on
   * @param steps who is told now and then how it goes
   * @param control who may stop it after the step that it is in
   * @return what came of it; empty if it was stopped before it began
   * @throws dev.vitrine.error.UserException if processes were lost again and again
   */
  Optional<TrialAnswer> train(SentTrial trial, TrialSteps steps, TrainingControl control);

  /** Lets the processes go. */
  @Override
  void close();

  /** Finds teams on some kind of cluster; found as a service. */
  interface Provider {
    /**
     * {@return a team}
     *
     * @param place the cluster's address
     * @param notes hears what a person may want to know of the team, a sentence at a time
     * @throws dev.vitrine.error.UserException if nobody answers there, or it has no room
     */
    TrialTeam connectTrials(String place, Consumer<String> notes);
  }
}
