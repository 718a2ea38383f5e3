package dev.vitrine.bench;

import dev.vitrine.workload.Windows;

/**
 * How a contender did on a workload.
 *
 * @param imagesPerSecond the median of its windows
 * @param spread half the distance between its fastest and slowest window, as a share of the median
 * @param firstLoss the mean loss when it began
 * @param lastLoss the mean loss at the end
 * @param disturbed how many of its windows were disturbed by other processes
 * @param quiet whether only undisturbed windows count
 */
public record Score(
    String contender,
    String title,
    double imagesPerSecond,
    double spread,
    double firstLoss,
    double lastLoss,
    int windows,
    int disturbed,
    boolean quiet) {
  static Score of(Child child, Windows windows, int batchSize, double first, double last) {
    return new Score(
        child.peer().name(),
        child.title(),
        windows.stepsPerSecond() * batchSize,
        windows.spread(),
        first,
        last,
        windows.all().size(),
        windows.disturbed(),
        windows.quiet());
  }

  /** Whether the loss fell by a tenth at least. */
  public boolean learned() {
    return lastLoss < 0.9 * firstLoss;
  }
}
