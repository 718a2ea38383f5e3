package dev.vitrine.range;

/**
 * A step of a range test.
 *
 * @param rate its learning rate
 * @param loss its batch's mean loss before its update
 * @param smoothed the loss averaged over the steps around it
 */
public record RatePoint(double rate, double loss, double smoothed) {}
