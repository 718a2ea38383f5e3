package dev.vitrine.metrics;

import java.util.List;

/**
 * How a network does on a data set. Made by {@link EvaluationBuilder}.
 *
 * @param topHits for k = 1, 2, …: how many examples have their label among the k best guesses
 * @param meanLoss mean cross-entropy over the examples, in nats
 * @param confusion what was read as what
 * @param worst the misread examples with the largest losses, worst first
 */
public record Evaluation(
    List<Long> topHits, double meanLoss, ConfusionMatrix confusion, List<Mistake> worst)
    implements Judgement {
  /** Copies the lists. */
  public Evaluation {
    topHits = List.copyOf(topHits);
    worst = List.copyOf(worst);
  }

  @Override
  public long examples() {
    return confusion.total();
  }

  /** {@return how many examples were misread} */
  public long errors() {
    return confusion.total() - confusion.correct();
  }

  /** {@return the share of examples that were read as what they are} */
  public double accuracy() {
    return confusion.accuracy();
  }

  /** {@return Wilson's 95 % interval of {@link #accuracy}} */
  public Interval accuracyInterval() {
    return Interval.wilson95(confusion.correct(), confusion.total());
  }

  /**
   * {@return the share of examples whose label is among the k best guesses}
   *
   * @param k from 1 to the size of {@link #topHits}
   * @throws IllegalArgumentException if k is outside that
   */
  public double top(int k) {
    if (k < 1 || k > topHits.size()) {
      throw new IllegalArgumentException(
          "Top-k accuracy is known for k from 1 to %s, but got %s".formatted(topHits.size(), k));
    }
    return ClassScores.ratio(topHits.get(k - 1), examples());
  }
}
