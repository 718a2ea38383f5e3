package dev.vitrine.bench;

import dev.vitrine.workload.Workload;

/** Whether a training learns: the mean loss over its first and its last pass over the images. */
final class LossTrail {
  private static final int PASS = Workload.BATCHES;

  private final double[] first = new double[PASS];
  private final double[] last = new double[PASS];
  private long steps;

  void add(double loss) {
    if (steps < PASS) {
      first[(int) steps] = loss;
    }
    last[(int) (steps % PASS)] = loss;
    steps++;
  }

  long steps() {
    return steps;
  }

  double firstLoss() {
    return mean(first);
  }

  /** The last {@value Workload#BATCHES} steps, which are a pass or parts of two. */
  double lastLoss() {
    return mean(last);
  }

  private double mean(double[] losses) {
    if (steps < PASS) {
      throw new IllegalStateException("There was no pass yet");
    }
    double sum = 0;
    for (double loss : losses) {
      sum += loss;
    }
    return sum / PASS;
  }
}
