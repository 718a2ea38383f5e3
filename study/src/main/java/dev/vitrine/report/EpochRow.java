package dev.vitrine.report;

import java.util.OptionalDouble;

/**
 * What one epoch of training came to.
 *
 * @param epoch its number, from 1
 * @param trainLoss mean loss over the epoch's training steps
 * @param trainAccuracy share of the training examples read right while training, in [0, 1]
 * @param validationLoss mean loss over the validation examples afterwards, if there are any
 * @param validationAccuracy share of the validation examples read right afterwards
 * @param imagesPerSecond training throughput
 * @param learningRate the one of the epoch's last step
 * @param seconds how long it took
 */
public record EpochRow(
    int epoch,
    double trainLoss,
    double trainAccuracy,
    OptionalDouble validationLoss,
    OptionalDouble validationAccuracy,
    double imagesPerSecond,
    double learningRate,
    double seconds) {}
