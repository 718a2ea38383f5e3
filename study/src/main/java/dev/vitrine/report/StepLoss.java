package dev.vitrine.report;

/**
 * The loss of one training step.
 *
 * @param step its number, from 1, over all epochs
 * @param loss the batch's mean loss
 */
public record StepLoss(long step, double loss) {}
