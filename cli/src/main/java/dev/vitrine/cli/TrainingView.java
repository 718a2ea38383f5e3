package dev.vitrine.cli;

import dev.vitrine.train.Course;
import dev.vitrine.train.EpochSummary;
import dev.vitrine.train.Progress;
import dev.vitrine.train.StepSummary;
import dev.vitrine.train.TrainingListener;
import java.util.Locale;

/** Shows a training on a terminal: a live line, and a table with a row for each epoch. */
final class TrainingView implements TrainingListener {
  private final Terminal terminal;
  private final EpochTable table;
  private final long firstStep;
  private final int batchSize;
  private final long start = System.nanoTime();
  private double recentLoss = Double.NaN;

  /** A view of a training that goes on from there. */
  TrainingView(Terminal terminal, Progress from, int batchSize) {
    this.terminal = terminal;
    table = new EpochTable(terminal);
    firstStep = from.step();
    this.batchSize = batchSize;
  }

  @Override
  public void step(StepSummary s) {
    recentLoss = Double.isNaN(recentLoss) ? s.loss() : 0.95 * recentLoss + 0.05 * s.loss();
    Course course = s.course();
    double seconds = (System.nanoTime() - start) * 1e-9;
    double stepsPerSecond = (s.step() - firstStep) / seconds;
    terminal.progress(
        (double) s.step() / course.totalSteps(),
        () ->
            String.format(
                Locale.ROOT,
                "epoch %d  step %,d/%,d  %,.0f images/s  loss %.4f  %s left",
                course.epoch(s.step()),
                (s.step() - 1) % course.stepsPerEpoch() + 1,
                course.stepsPerEpoch(),
                stepsPerSecond * batchSize,
                recentLoss,
                duration((course.totalSteps() - s.step()) / stepsPerSecond)));
  }

  private static String duration(double seconds) {
    long whole = (long) Math.ceil(seconds);
    return whole < 60
        ? whole + " s"
        : String.format(Locale.ROOT, "%d:%02d min", whole / 60, whole % 60);
  }

  @Override
  public void epoch(EpochSummary s) {
    table.row(s);
  }
}
