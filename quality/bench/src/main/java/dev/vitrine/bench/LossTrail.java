package dev.vitrine.bench;

import dev.vitrine.lab.Workload;

/**
 * Whether a training learns: the mean loss over the first and the last pass over the same images,
 * or, before two passes are done, over the first and the last few steps.
 */
final class LossTrail {
  private static final int FEW = 8;
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

  double firstLoss() {
    int n = steps >= 2 * PASS ? PASS : (int) Math.min(FEW, steps);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += first[i];
    }
    return sum / n;
  }

  /** Any {@value Workload#BATCHES} steps in a row are nearly a pass. */
  double lastLoss() {
    int n = steps >= 2 * PASS ? PASS : (int) Math.min(FEW, steps);
    double sum = 0;
    for (long step = steps - n; step < steps; step++) {
      sum += last[(int) (step % PASS)];
    }
    return sum / n;
  }
}
