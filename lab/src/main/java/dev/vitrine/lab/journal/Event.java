package dev.vitrine.lab.journal;

import dev.vitrine.format.JsonObject;
import java.util.List;
import java.util.Optional;

/** What a line of a journal says happened. Numbers may be NaN or infinite. */
public sealed interface Event {
  /**
   * The study began.
   *
   * @param spec as its file would have it, all written out
   * @param version of Vitrine
   */
  record Begun(JsonObject spec, String version) implements Event {}

  /**
   * It became larger.
   *
   * @param spec as it is from now on
   * @param more what is new, in words
   */
  record Extended(JsonObject spec, List<String> more) implements Event {}

  /**
   * A trial began.
   *
   * @param trial its name
   * @param arm that it was first needed for
   * @param seed of all its random numbers
   * @param command that trains it alone
   */
  record Started(String trial, String arm, long seed, String command) implements Event {}

  /**
   * A trial was trained so far, to its end or to where a halving compares.
   *
   * @param trial its name
   * @param epochs that were done
   * @param ended whether this is the end of its training
   * @param figures of its last epoch, or of that whose numbers are kept
   * @param hash of its parameters
   * @param seconds that this part of its training took
   */
  record Reached(
      String trial, int epochs, boolean ended, Figures figures, String hash, double seconds)
      implements Event {}

  /**
   * What an epoch came to.
   *
   * @param trainLoss the mean loss of its steps
   * @param trainAccuracy the share read right while training; NaN if there are no classes
   * @param validationLoss the mean over the validation examples afterwards
   * @param validationAccuracy the share of them that is read right; NaN if there are no classes
   */
  record Figures(
      double trainLoss, double trainAccuracy, double validationLoss, double validationAccuracy) {}

  /**
   * A trial was stopped on the way; it goes on from there.
   *
   * @param trial its name
   * @param seconds that this part of its training took
   */
  record Paused(String trial, double seconds) implements Event {}

  /**
   * A trial ended without a result.
   *
   * @param trial its name
   * @param kind {@code diverged}, {@code time} or {@code fault}
   * @param cause in a sentence
   * @param epochs that were done
   * @param seconds that this part of its training took
   */
  record Failed(String trial, String kind, String cause, int epochs, double seconds)
      implements Event {}

  /**
   * Failed trials are to be tried again.
   *
   * @param trials their names
   */
  record Retried(List<String> trials) implements Event {}

  /**
   * A halving decided.
   *
   * @param arm in which
   * @param epochs after how many
   * @param kept names of the points that go on, the best first
   * @param dropped names of the others
   */
  record Rung(String arm, int epochs, List<String> kept, List<String> dropped) implements Event {}

  /**
   * The best point of an arm was chosen.
   *
   * @param arm which
   * @param point its name
   * @param mean of the study's metric over the seeds, on validation data
   * @param deviation over the seeds; NaN of one
   * @param seeds how many
   * @param among of how many points
   */
  record Chosen(String arm, String point, double mean, double deviation, int seeds, int among)
      implements Event {}

  /**
   * The test data are about to be read.
   *
   * @param number how often they have been by then, this time counted
   * @param trial whose network is judged
   * @param epoch after which, of a checkpoint that was kept; empty for the end
   * @param reason in words
   */
  record TestRead(int number, String trial, Optional<Integer> epoch, String reason)
      implements Event {}

  /**
   * Test examples are exact copies of examples that trainings see, as parts that data bring along
   * may hold.
   *
   * @param data what the study calls them
   * @param copies how many of the test examples
   * @param examples how many there are
   */
  record Copies(String data, int copies, int examples) implements Event {}

  /**
   * What a chosen network says, at its end, of the examples that it learned from, as they are:
   * without dropout and augmentation, normalised by running averages.
   *
   * @param trial whose network was measured
   * @param loss the mean over them
   * @param accuracy the share of them that is read right; NaN if there are no classes
   * @param examples how many
   */
  record Measured(String trial, double loss, double accuracy, long examples) implements Event {}

  /**
   * How large the gradients of the first batch are in a chosen network.
   *
   * @param trial whose network
   * @param weights which it has: {@code start}, {@code zeros} or {@code end}
   * @param loss of the batch
   * @param parameters from input to output
   */
  record Gradients(String trial, String weights, double loss, List<GradientSizes> parameters)
      implements Event {}

  /**
   * What the test data said.
   *
   * @param trial whose network was judged
   * @param epoch after which; empty for the end
   * @param loss the mean over the test examples
   * @param accuracy the share of them that is read right; NaN if there are no classes
   * @param examples how many
   * @param confusion what was read as what, if there are classes; empty in older journals
   * @param r2 the coefficient of determination, if there are numbers
   */
  record Tested(
      String trial,
      Optional<Integer> epoch,
      double loss,
      double accuracy,
      long examples,
      Optional<Confusion> confusion,
      Optional<Double> r2)
      implements Event {
    /**
     * What test data of classes said.
     *
     * @param trial whose network was judged
     * @param epoch after which; empty for the end
     * @param loss the mean over the test examples
     * @param accuracy the share of them that is read right
     * @param examples how many
     * @param confusion what was read as what
     */
    public Tested(
        String trial,
        Optional<Integer> epoch,
        double loss,
        double accuracy,
        long examples,
        Optional<Confusion> confusion) {
      this(trial, epoch, loss, accuracy, examples, confusion, Optional.empty());
    }

    /**
     * What the test data said, as far as numbers tell it.
     *
     * @param trial whose network was judged
     * @param epoch after which; empty for the end
     * @param loss the mean over the test examples
     * @param accuracy the share of them that is read right
     * @param examples how many
     */
    public Tested(
        String trial, Optional<Integer> epoch, double loss, double accuracy, long examples) {
      this(trial, epoch, loss, accuracy, examples, Optional.empty(), Optional.empty());
    }
  }

  /**
   * A run of the study ended.
   *
   * @param complete whether nothing is left to do
   * @param why it ended, in words
   */
  record Ended(boolean complete, String why) implements Event {}
}
