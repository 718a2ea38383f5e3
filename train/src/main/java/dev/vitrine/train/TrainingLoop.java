package dev.vitrine.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Lets a session go step after step, and tells how it goes. */
final class TrainingLoop {
  private final TrainingSession session;
  private final boolean labelled;
  private final Optional<Validation> validation;
  private final TrainingListener listener;
  private final TrainingControl control;
  private final List<EpochSummary> epochs = new ArrayList<>();
  private long epochStart;
  private long imagesBefore;

  TrainingLoop(
      TrainingSession session,
      boolean labelled,
      Optional<Validation> validation,
      TrainingListener listener,
      TrainingControl control) {
    this.session = session;
    this.labelled = labelled;
    this.validation = validation;
    this.listener = listener;
    this.control = control;
  }

  List<EpochSummary> run() {
    Course course = session.course();
    epochStart = System.nanoTime();
    // What an interrupted epoch had done is not this process's work.
    imagesBefore = course.atEpochEnd(session.step()) ? 0 : session.progress().epochImages();
    while (!session.isOver() && mayGoOn()) {
      double rate = session.learningRate(session.step());
      double loss = session.advance();
      Progress progress = session.progress();
      listener.step(new StepSummary(progress, loss, rate, course));
      if (course.atEpochEnd(progress.step())) {
        endEpoch(progress, rate);
      }
    }
    return epochs;
  }

  /** A pause is no time of the epoch's. */
  private boolean mayGoOn() {
    if (!control.paused()) {
      return control.mayGoOn();
    }
    long since = System.nanoTime();
    boolean goOn = control.mayGoOn();
    epochStart += System.nanoTime() - since;
    return goOn;
  }

  private void endEpoch(Progress progress, double rate) {
    double seconds = (System.nanoTime() - epochStart) * 1e-9;
    session.requireFinite();
    Optional<Validation.Result> after = validation.map(this::validate);
    after.ifPresent(result -> session.validated(result.loss()));
    EpochSummary summary =
        new EpochSummary(
            session.course().epoch(progress.step()),
            progress.step(),
            progress.meanLoss(),
            labelled ? OptionalDouble.of(progress.accuracy()) : OptionalDouble.empty(),
            after.stream().mapToDouble(Validation.Result::loss).findFirst(),
            after.flatMap(Validation.Result::classes),
            rate,
            seconds,
            progress.epochImages() - imagesBefore);
    epochs.add(summary);
    listener.epoch(summary);
    epochStart = System.nanoTime();
    imagesBefore = 0;
  }

  private Validation.Result validate(Validation on) {
    try {
      return on.run();
    } catch (DivergedException e) {
      throw session.diverged("after its update, " + e.getMessage(), e);
    }
  }
}
