package dev.vitrine.metrics;

import dev.vitrine.predict.Guess;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.LongStream;

/**
 * Gathers an {@link Evaluation} example by example. Feed the examples in a fixed order: the mean
 * loss is a sum of doubles in the order of the calls. For one thread.
 */
public final class EvaluationBuilder {
  /** Top-k accuracy is counted up to this k, or to the number of classes if that is less. */
  public static final int LARGEST_TOP = 5;

  private static final Comparator<Mistake> LEAST_BAD_FIRST =
      Comparator.comparingDouble(Mistake::loss)
          .thenComparing(Mistake::example, Comparator.reverseOrder());

  private final boolean probabilities;
  private final int keptMistakes;
  private final long[][] counts;
  private final long[] hitsAtRank;
  private final double[] exponentials;
  private final PriorityQueue<Mistake> worst = new PriorityQueue<>(LEAST_BAD_FIRST);
  private double lossSum;

  /**
   * A builder without examples, of logits.
   *
   * @param classes the number of classes, at least 2
   * @param keptMistakes how many of the worst mistakes to keep, at least 0
   * @throws IllegalArgumentException if a number is too small
   */
  public EvaluationBuilder(int classes, int keptMistakes) {
    this(classes, false, keptMistakes);
  }

  /**
   * A builder without examples.
   *
   * @param classes the number of classes, at least 2
   * @param probabilities whether the network's numbers are probabilities, no logits
   * @param keptMistakes how many of the worst mistakes to keep, at least 0
   * @throws IllegalArgumentException if a number is too small
   */
  public EvaluationBuilder(int classes, boolean probabilities, int keptMistakes) {
    if (classes < 2 || keptMistakes < 0) {
      throw new IllegalArgumentException(
          "An evaluation expects at least 2 classes and 0 kept mistakes, but got %s and %s"
              .formatted(classes, keptMistakes));
    }
    this.probabilities = probabilities;
    this.keptMistakes = keptMistakes;
    counts = new long[classes][classes];
    hitsAtRank = new long[Math.min(classes, LARGEST_TOP)];
    exponentials = new double[classes];
  }

  /**
   * Counts one example.
   *
   * @param example its index in the data set
   * @param label the class it is of
   * @param logits holds its logits, or its probabilities, one a class, from {@code offset} on
   * @param offset where they start
   * @throws IllegalArgumentException if the label is not a class or a logit is not finite
   * @throws IndexOutOfBoundsException if the array is too short
   */
  public void add(int example, int label, float[] logits, int offset) {
    if (label < 0 || label >= counts.length) {
      throw new IllegalArgumentException(
          "Example %s has label %s, but the network has classes 0 to %s"
              .formatted(example, label, counts.length - 1));
    }
    int best = 0;
    int rank = 0;
    for (int c = 0; c < counts.length; c++) {
      float logit = logits[offset + c];
      if (!Float.isFinite(logit)) {
        throw new IllegalArgumentException(
            "Example %s has logit %s for class %s, but an evaluation expects finite logits"
                .formatted(example, logit, c));
      }
      if (logit > logits[offset + best]) {
        best = c;
      }
      float own = logits[offset + label];
      if (logit > own || (logit == own && c < label)) {
        rank++;
      }
    }
    if (rank < hitsAtRank.length) {
      hitsAtRank[rank]++;
    }
    counts[label][best]++;
    score(example, label, best, logits, offset);
  }

  /**
   * Adds the loss and keeps the mistake. {@code p[c] = exp(z[c] − max) / Σ exp(z − max)}; the loss
   * is computed as {@code ln Σ exp(z − max) − (z[label] − max)}, which stays finite where the
   * label's probability underflows. Of probabilities the loss is {@code −ln p[label]}, of one that
   * is 0 that of the smallest float.
   */
  private void score(int example, int label, int best, float[] logits, int offset) {
    double max = logits[offset + best];
    double sum = 0;
    for (int c = 0; c < exponentials.length; c++) {
      float z = logits[offset + c];
      // StrictMath, because Math.exp may differ in the last bit between machines.
      exponentials[c] = probabilities ? z : StrictMath.exp(z - max);
      sum += exponentials[c];
    }
    float own = logits[offset + label];
    double loss =
        probabilities
            ? -StrictMath.log(Math.max(own, Float.MIN_VALUE))
            : StrictMath.log(sum) - (own - max);
    lossSum += loss;
    if (best != label && keptMistakes > 0 && couldKeep(example, loss)) {
      int second = second(best, logits, offset);
      double whole = probabilities ? 1 : sum;
      var first = new Guess(best, exponentials[best] / whole);
      var runnerUp = new Guess(second, exponentials[second] / whole);
      worst.add(new Mistake(example, label, first, runnerUp, loss));
      if (worst.size() > keptMistakes) {
        worst.remove();
      }
    }
  }

  private boolean couldKeep(int example, double loss) {
    if (worst.size() < keptMistakes) {
      return true;
    }
    Mistake leastBad = worst.element();
    return loss > leastBad.loss() || (loss == leastBad.loss() && example < leastBad.example());
  }

  private int second(int best, float[] logits, int offset) {
    int second = best == 0 ? 1 : 0;
    for (int c = second + 1; c < counts.length; c++) {
      if (c != best && logits[offset + c] > logits[offset + second]) {
        second = c;
      }
    }
    return second;
  }

  /**
   * {@return the figures of the examples so far}
   *
   * @throws IllegalStateException if there are none
   */
  public Evaluation build() {
    var confusion = ConfusionMatrix.of(counts);
    if (confusion.total() == 0) {
      throw new IllegalStateException("An evaluation expects at least 1 example, but got none");
    }
    long[] topHits = hitsAtRank.clone();
    Arrays.parallelPrefix(topHits, Long::sum);
    List<Mistake> worstFirst = worst.stream().sorted(LEAST_BAD_FIRST.reversed()).toList();
    return new Evaluation(
        LongStream.of(topHits).boxed().toList(),
        lossSum / confusion.total(),
        confusion,
        worstFirst);
  }
}
