package dev.vitrine.bench;

import dev.vitrine.workload.Windows;

/**
 * How fast a contender answered.
 *
 * @param imagesPerSecond the median of its windows
 * @param spread half the distance between its fastest and slowest window, as a share of the median
 * @param difference the largest of its outputs' from Vitrine's, as a share of the largest output
 * @param disturbed how many of its windows were disturbed by other processes
 * @param quiet whether only undisturbed windows count
 */
public record AnswerScore(
    String contender,
    String title,
    double imagesPerSecond,
    double spread,
    double difference,
    int windows,
    int disturbed,
    boolean quiet) {
  static AnswerScore of(Child child, Windows windows, int batch, double difference) {
    return new AnswerScore(
        child.peer().name(),
        child.title(),
        windows.stepsPerSecond() * batch,
        windows.spread(),
        difference,
        windows.all().size(),
        windows.disturbed(),
        windows.quiet());
  }
}
