package dev.vitrine.lab;

import dev.vitrine.lab.journal.Event;
import dev.vitrine.lab.search.Agenda;
import dev.vitrine.lab.search.Edge;
import dev.vitrine.lab.search.Fold;
import dev.vitrine.lab.spec.StudySpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.ToDoubleFunction;

/**
 * What a study came to so far.
 *
 * @param spec what was asked
 * @param arms in the order of the study
 * @param rungs what a halving decided
 * @param edges choices on the edge of what was searched, with what lies beyond
 * @param testReads how often the test data were read, in all runs of the study together
 * @param complete whether nothing is left to do
 * @param missing what is not there and why, a sentence each; empty if all is
 */
public record StudyResult(
    StudySpec spec,
    List<Arm> arms,
    List<Event.Rung> rungs,
    List<Edge> edges,
    int testReads,
    boolean complete,
    List<String> missing) {
  /** Copies the lists. */
  public StudyResult {
    arms = List.copyOf(arms);
    rungs = List.copyOf(rungs);
    edges = List.copyOf(edges);
    missing = List.copyOf(missing);
  }

  /**
   * What is compared.
   *
   * @param name of the arm
   * @param choice its best point, once all are trained and if one has a result
   * @param points all that were tried, in the order of the study
   */
  public record Arm(String name, Optional<Agenda.Choice> choice, List<PointResult> points) {
    /** {@return its best point, if it has one} */
    public Optional<PointResult> best() {
      return points.stream()
          .filter(point -> choice.map(c -> c.point().id().equals(point.id())).orElse(false))
          .findFirst();
    }
  }

  /**
   * One choice of settings with all its seeds.
   *
   * @param id its name
   * @param varied the settings that differ between points
   * @param settings all of them but the seed
   * @param trials one for each seed that was begun, in the order of the seeds
   */
  public record PointResult(
      String id,
      Map<String, String> varied,
      Map<String, String> settings,
      List<TrialResult> trials) {
    private Fold fold(ToDoubleFunction<Event.Figures> figure) {
      return Fold.of(
          trials.stream().flatMap(t -> t.end().stream()).map(figure::applyAsDouble).toList());
    }

    /** {@return the validation accuracy at the end, over the seeds that have one} */
    public Fold validationAccuracy() {
      return fold(Event.Figures::validationAccuracy);
    }

    /** {@return the validation loss at the end, over the seeds that have one} */
    public Fold validationLoss() {
      return fold(Event.Figures::validationLoss);
    }

    /** {@return the training loss of the last epoch, over the seeds that have one} */
    public Fold trainLoss() {
      return fold(Event.Figures::trainLoss);
    }

    /** {@return the test accuracy, over the seeds that were judged; NaN of numbers} */
    public Fold testAccuracy() {
      return tested(Event.Tested::accuracy);
    }

    /** {@return the test loss, over the seeds that were judged} */
    public Fold testLoss() {
      return tested(Event.Tested::loss);
    }

    /** {@return the test data's R², over the seeds that were judged; NaN of classes} */
    public Fold testR2() {
      return tested(test -> test.r2().orElse(Double.NaN));
    }

    private Fold tested(ToDoubleFunction<Event.Tested> figure) {
      return Fold.of(
          trials.stream().flatMap(t -> t.test().stream()).map(figure::applyAsDouble).toList());
    }
  }

  /** How a trial stands. */
  public enum State {
    /** It was trained to its end. */
    FINISHED,
    /** A halving left it out, or it waits for a decision. */
    PAUSED,
    /** Its numbers became infinite or NaN. */
    DIVERGED,
    /** It ended without a result for another reason. */
    FAILED,
    /** It was not trained so far as it is to be. */
    UNFINISHED
  }

  /**
   * One training.
   *
   * @param id its name, and that of its folder
   * @param seed of its random numbers
   * @param state how it stands
   * @param epochs that were done
   * @param end what it came to, if it was trained to its end
   * @param hash of its parameters when it last stood still; empty if it never did
   * @param seconds that its training took
   * @param command that trains it alone
   * @param cause why it failed, if it did
   * @param measured what its network says of what it learned from, if it was chosen and measured
   * @param test what the test data said at its end, if they were read
   * @param testByEpoch what they said of checkpoints that were kept, by their epochs
   */
  public record TrialResult(
      String id,
      long seed,
      State state,
      int epochs,
      Optional<Event.Figures> end,
      String hash,
      double seconds,
      String command,
      Optional<String> cause,
      Optional<Event.Measured> measured,
      Optional<Event.Tested> test,
      SortedMap<Integer, Event.Tested> testByEpoch) {}
}
