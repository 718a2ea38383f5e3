package dev.vitrine.web.live;

import dev.vitrine.metrics.Evaluation;
import dev.vitrine.metrics.Judgement;
import dev.vitrine.run.Outcome;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a training stands.
 *
 * @param number by which the page calls it
 * @param title what is trained on what
 * @param command the command line that does the same
 * @param phase where it is
 * @param run the name of its run's folder, once there is one
 * @param step steps done
 * @param totalSteps of so many
 * @param epoch the epoch that it is in, from 1
 * @param loss the mean of the newest steps' losses; NaN before the first
 * @param imagesPerSecond since it began; NaN before the first step
 * @param hash the SHA-256 of its parameters, at its end
 * @param testAccuracy the share of test examples read right, at its end, if they have classes
 * @param sentence why it cannot be, or ended early
 * @param looks how often there was something new to see within the network
 */
public record TrainingNews(
    int number,
    String title,
    String command,
    Phase phase,
    Optional<String> run,
    long step,
    long totalSteps,
    int epoch,
    double loss,
    double imagesPerSecond,
    Optional<String> hash,
    Optional<Double> testAccuracy,
    Optional<String> sentence,
    int looks) {
  /** Where a training is. */
  public enum Phase {
    /** Others are before it. */
    WAITING,
    /** Its data are read. */
    LOADING,
    /** It takes its steps. */
    TRAINING,
    /** It takes none until it is told to. */
    PAUSED,
    /** It is judged by the test data. */
    EVALUATING,
    /** It has come to its end. */
    FINISHED,
    /** It was stopped, with a checkpoint to go on from. */
    STOPPED,
    /** It cannot be, or its numbers became infinite. */
    FAILED;

    /** {@return whether nothing more will come} */
    public boolean isOver() {
      return this == FINISHED || this == STOPPED || this == FAILED;
    }
  }

  static TrainingNews waiting(int number, String title, String command) {
    return new TrainingNews(
        number,
        title,
        command,
        Phase.WAITING,
        Optional.empty(),
        0,
        0,
        0,
        Double.NaN,
        Double.NaN,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0);
  }

  TrainingNews in(Phase next) {
    return with(next, run, hash, testAccuracy, sentence);
  }

  /** In another phase, if it still is in the one that this follows. */
  TrainingNews moved(Phase from, Phase next) {
    return phase == from ? in(next) : this;
  }

  TrainingNews at(Path folder) {
    return with(phase, Optional.of(folder.getFileName().toString()), hash, testAccuracy, sentence);
  }

  TrainingNews failed(String why) {
    return with(Phase.FAILED, run, hash, testAccuracy, Optional.of(why));
  }

  TrainingNews ended(Outcome outcome, Optional<String> early) {
    return with(
        Phase.FINISHED,
        run,
        Optional.of(outcome.parametersHash()),
        accuracy(outcome.test()),
        early);
  }

  private static Optional<Double> accuracy(Judgement test) {
    return test instanceof Evaluation classes ? Optional.of(classes.accuracy()) : Optional.empty();
  }

  TrainingNews step(
      long done, long total, int inEpoch, double newLoss, double perSecond, int newLooks) {
    return new TrainingNews(
        number,
        title,
        command,
        phase,
        run,
        done,
        total,
        inEpoch,
        newLoss,
        perSecond,
        hash,
        testAccuracy,
        sentence,
        newLooks);
  }

  TrainingNews looked(int newLooks) {
    return step(step, totalSteps, epoch, loss, imagesPerSecond, newLooks);
  }

  private TrainingNews with(
      Phase newPhase,
      Optional<String> newRun,
      Optional<String> newHash,
      Optional<Double> newAccuracy,
      Optional<String> newSentence) {
    return new TrainingNews(
        number,
        title,
        command,
        newPhase,
        newRun,
        step,
        totalSteps,
        epoch,
        loss,
        imagesPerSecond,
        newHash,
        newAccuracy,
        newSentence,
        looks);
  }
}
