package dev.vitrine.web.live;

import dev.vitrine.run.Outcome;
import dev.vitrine.run.Run;
import dev.vitrine.run.RunFolder;
import dev.vitrine.run.Saving;
import dev.vitrine.train.Course;
import dev.vitrine.train.EpochSummary;
import dev.vitrine.train.StepSummary;
import dev.vitrine.train.TrainingControl;
import dev.vitrine.train.TrainingListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** One training that the page asked for, from the queue to its end. */
final class Training {
  private static final Duration SAVE_EVERY = Duration.ofSeconds(60);
  private static final double KEPT = 0.95;

  private final int number;
  private final TrainingControl control = new TrainingControl();
  private final AtomicReference<TrainingNews> status;
  private final Runnable changed;
  private final Within within = new Within();

  /**
   * @param number by which the page calls it
   * @param title what is trained on what
   * @param command the command line that does the same
   * @param changed called whenever its status is another
   */
  Training(int number, String title, String command, Runnable changed) {
    this.number = number;
    this.changed = changed;
    this.status = new AtomicReference<>(TrainingNews.waiting(number, title, command));
  }

  int number() {
    return number;
  }

  TrainingNews status() {
    return status.get();
  }

  Within within() {
    return within;
  }

  void pause() {
    if (isIn(TrainingNews.Phase.TRAINING)) {
      control.pause();
      become(now -> now.moved(TrainingNews.Phase.TRAINING, TrainingNews.Phase.PAUSED));
    }
  }

  void resume() {
    if (isIn(TrainingNews.Phase.PAUSED)) {
      control.resume();
      become(now -> now.moved(TrainingNews.Phase.PAUSED, TrainingNews.Phase.TRAINING));
    }
  }

  void stop() {
    control.stop();
    become(now -> now.moved(TrainingNews.Phase.WAITING, TrainingNews.Phase.STOPPED));
  }

  private boolean isIn(TrainingNews.Phase phase) {
    return status.get().phase() == phase;
  }

  boolean isStopped() {
    return control.stopped();
  }

  /** Something else than training is done, such as reading data. */
  void busy(TrainingNews.Phase phase) {
    become(now -> now.in(phase));
  }

  /** It cannot be: the sentence says why. */
  void fail(String sentence) {
    become(now -> now.failed(sentence));
  }

  /** Trains to the end, or until it is stopped. */
  void train(Run run, int spreads) {
    long start = System.nanoTime();
    Path folder = run.begin();
    become(now -> now.at(folder).in(TrainingNews.Phase.TRAINING));
    within.begin(RunFolder.open(folder).recordings(), run.classNames());
    run.watch(within);
    Listener listener = new Listener(run, start);
    if (!run.train(listener, control, Saving.every(SAVE_EVERY).spreads(spreads))) {
      become(now -> now.in(TrainingNews.Phase.STOPPED));
      return;
    }
    become(now -> now.in(TrainingNews.Phase.EVALUATING));
    Outcome outcome = run.finish(Duration.ofNanos(System.nanoTime() - start));
    within.judged("test", status.get().epoch(), outcome.test());
    become(now -> now.ended(outcome, run.ending()).looked(within.looks()));
  }

  private void become(UnaryOperator<TrainingNews> change) {
    status.updateAndGet(change);
    changed.run();
  }

  /** Keeps the newest figures; the page asks for curves from the folder. */
  private final class Listener implements TrainingListener {
    private final long from;
    private final long start;
    private final int batchSize;
    private double loss = Double.NaN;

    Listener(Run run, long start) {
      this.from = run.progress().step();
      this.batchSize = run.batchSize();
      this.start = start;
    }

    @Override
    public void step(StepSummary step) {
      loss = Double.isNaN(loss) ? step.loss() : KEPT * loss + (1 - KEPT) * step.loss();
      Course course = step.course();
      double seconds = (System.nanoTime() - start) * 1e-9;
      double perSecond = (step.step() - from) * batchSize / seconds;
      status.updateAndGet(s ->
          s.step(
              step.step(),
              course.totalSteps(),
              course.epoch(step.step()),
              loss,
              perSecond,
              within.looks()));
      changed.run();
    }

    @Override
    public void epoch(EpochSummary epoch) {
      epoch.validation().ifPresent(v -> within.judged("validation", epoch.epoch(), v));
      become(now -> now.looked(within.looks()));
    }
  }
}
