package dev.vitrine.train;

import dev.vitrine.metrics.Evaluation;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What an epoch came to.
 *
 * @param epoch its number, from 1
 * @param step steps of the training done by its end
 * @param trainLoss the mean loss of its examples, each before the update it led to
 * @param trainAccuracy the share of its examples read right while training, if they have classes
 * @param validationLoss the mean loss of the validation data afterwards, if there are any: a
 *     classifier's cross-entropy, otherwise the loss that is trained
 * @param validation how a classifier does on the validation data afterwards, if there are any
 * @param learningRate the one of its last step
 * @param seconds how long its training took in this process, evaluation left out
 * @param images how many images were trained on in this process
 */
public record EpochSummary(
    int epoch,
    long step,
    double trainLoss,
    OptionalDouble trainAccuracy,
    OptionalDouble validationLoss,
    Optional<Evaluation> validation,
    double learningRate,
    double seconds,
    long images) {
  /** Refuses {@code null}. */
  public EpochSummary {
    Objects.requireNonNull(trainAccuracy, "trainAccuracy");
    Objects.requireNonNull(validationLoss, "validationLoss");
    Objects.requireNonNull(validation, "validation");
  }

  /** {@return the training throughput, in images a second} */
  public double imagesPerSecond() {
    return images / seconds;
  }
}
