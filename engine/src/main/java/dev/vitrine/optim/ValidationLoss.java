package dev.vitrine.optim;

/**
 * How a network in training did on the validation data.
 *
 * @param step steps done by then
 * @param loss the mean loss of the validation examples
 */
public record ValidationLoss(long step, double loss) {}
