package dev.vitrine.train;

/** Adds up a training's losses and hits, step by step: the {@link Progress} that changes. */
final class ProgressMeter {
  private final float[] output;
  private long step;
  private double epochLoss;
  private long epochCorrect;
  private long epochImages;
  private double windowLoss;

  /**
   * A meter at the start.
   *
   * @param outputs elements of the network's output
   */
  ProgressMeter(int outputs) {
    output = new float[outputs];
  }

  void set(Progress progress) {
    step = progress.step();
    epochLoss = progress.epochLoss();
    epochCorrect = progress.epochCorrect();
    epochImages = progress.epochImages();
    windowLoss = progress.windowLoss();
  }

  long step() {
    return step;
  }

  Progress progress() {
    return new Progress(step, epochLoss, epochCorrect, epochImages, windowLoss);
  }

  /** Counts a step that is done. */
  void add(double loss, Batch batch, BatchSource batches, GradientSource gradients) {
    if (step % batches.stepsPerEpoch() == 0) {
      epochLoss = 0;
      epochCorrect = 0;
      epochImages = 0;
    }
    if (step % Progress.WINDOW == 0) {
      windowLoss = 0;
    }
    int count = batch.size();
    windowLoss += loss;
    epochLoss += loss * count;
    epochImages += count;
    for (int i = 0; batches.labelled() && i < count; i++) {
      gradients.output(i, output);
      epochCorrect += best(output) == batch.label(i) ? 1 : 0;
    }
    step++;
  }

  private static int best(float[] logits) {
    int best = 0;
    for (int c = 1; c < logits.length; c++) {
      if (logits[c] > logits[best]) {
        best = c;
      }
    }
    return best;
  }
}
