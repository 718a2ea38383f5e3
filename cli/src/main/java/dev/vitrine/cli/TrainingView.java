package dev.vitrine.cli;

import dev.vitrine.train.EpochSummary;
import dev.vitrine.train.TrainingListener;
import dev.vitrine.train.TrainingSession;
import java.util.Locale;

/** Shows a training on a terminal: a live line, and a table with a row for each epoch. */
final class TrainingView {
  private final Terminal terminal;
  private final EpochTable table;
  private final long firstStep;
  private final long start = System.nanoTime();
  private double recentLoss = Double.NaN;

  TrainingView(Terminal terminal, TrainingSession session) {
    this.terminal = terminal;
    table = new EpochTable(terminal);
    firstStep = session.step();
  }

  /** A listener that draws, and stops the training when the process is to end. */
  TrainingListener listener(Interrupt interrupt) {
    return new TrainingListener() {
      @Override
      public void step(TrainingSession session, double loss) {
        show(session, loss);
      }

      @Override
      public void epoch(TrainingSession session, EpochSummary summary) {
        table.row(summary);
      }

      @Override
      public boolean wantsToStop() {
        return interrupt.requested();
      }
    };
  }

  private void show(TrainingSession session, double loss) {
    recentLoss = Double.isNaN(recentLoss) ? loss : 0.95 * recentLoss + 0.05 * loss;
    long step = session.step();
    double seconds = (System.nanoTime() - start) * 1e-9;
    double stepsPerSecond = (step - firstStep) / seconds;
    long inEpoch = (step - 1) % session.stepsPerEpoch() + 1;
    terminal.progress(
        (double) step / session.totalSteps(),
        () ->
            String.format(
                Locale.ROOT,
                "epoch %d  step %,d/%,d  %,.0f images/s  loss %.4f  %s left",
                (step - 1) / session.stepsPerEpoch() + 1,
                inEpoch,
                session.stepsPerEpoch(),
                stepsPerSecond * session.batchSize(),
                recentLoss,
                duration((session.totalSteps() - step) / stepsPerSecond)));
  }

  private static String duration(double seconds) {
    long whole = (long) Math.ceil(seconds);
    return whole < 60
        ? whole + " s"
        : String.format(Locale.ROOT, "%d:%02d min", whole / 60, whole % 60);
  }
}
