package dev.vitrine.web.live;

import dev.vitrine.data.DataFolders;
import dev.vitrine.format.AtomicFile;
import dev.vitrine.lab.StudyResult;
import dev.vitrine.lab.StudyRun;
import dev.vitrine.lab.journal.Event;
import dev.vitrine.lab.report.Report;
import dev.vitrine.lab.session.AskedComputation;
import dev.vitrine.lab.session.AskedStudy;
import dev.vitrine.lab.session.AskedSweep;
import dev.vitrine.lab.session.StudyPace;
import dev.vitrine.lab.trial.StudyListener;
import dev.vitrine.plan.Compute;
import dev.vitrine.train.Progress;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** One study that the page asked for, from the queue to its end. */
final class LiveStudy implements StudyListener {
  private final StudyStart start;
  private final Runnable changed;
  private final AtomicReference<StudyNews> status;
  private final StudyPace.Meter meter = new StudyPace.Meter();
  private StudyRun running;
  private boolean stopped;

  /**
   * @param number by which the page calls it
   * @param start what was asked
   * @param changed called whenever its status is another
   */
  LiveStudy(int number, StudyStart start, Runnable changed) {
    this.start = start;
    this.changed = changed;
    AskedStudy study = start.study();
    status =
        new AtomicReference<>(
            new StudyNews(
                number,
                study.folder().getFileName().toString(),
                study.folder().toString(),
                study instanceof AskedComputation,
                start.command(),
                StudyNews.Phase.WAITING,
                meter.now(),
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
  }

  StudyNews status() {
    return status.get().at(meter.now());
  }

  int number() {
    return status.get().number();
  }

  boolean isOver() {
    return status.get().phase().isOver();
  }

  /** Ends it after the steps that its trials are in; what waits will not begin. */
  void stop() {
    StudyRun now;
    synchronized (this) {
      stopped = true;
      now = running;
    }
    if (now != null) {
      now.stop("it was stopped");
    }
    become(news ->
        news.phase() == StudyNews.Phase.WAITING
            ? news.over(StudyNews.Phase.STOPPED, Optional.of("taken out before it began"))
            : news);
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  /** One that began while it was being stopped is stopped at once. */
  private void hold(StudyRun run) {
    synchronized (this) {
      running = run;
    }
    if (isStopped()) {
      run.stop("it was stopped");
    }
  }

  /** It cannot be: the sentence says why. */
  void fail(String sentence) {
    become(news -> news.over(StudyNews.Phase.FAILED, Optional.of(sentence)));
  }

  /** Works to the end, or until it is stopped. */
  void run(DataFolders folders, Compute compute) {
    become(news -> news.in(StudyNews.Phase.WORKING));
    switch (start.study()) {
      case AskedSweep sweep -> sweep(sweep);
      case AskedComputation computation -> compute(computation, folders, compute);
    }
  }

  private void sweep(AskedSweep sweep) {
    StudyResult result;
    Optional<String> early;
    try (StudyRun run = StudyRun.begin(sweep.study(), start.options(), this)) {
      hold(run);
      start.text().ifPresent(text -> AtomicFile.writeText(start.file(), text));
      become(news -> news.begun(sweep.goesOnWith()));
      result = run.run();
      early = run.stopped();
    }
    become(news -> news.doing("Its report is written"));
    sweep.writeReport(start.command());
    become(news -> ended(news, result, early));
  }

  private StudyNews ended(StudyNews news, StudyResult result, Optional<String> early) {
    if (isStopped() && !result.complete()) {
      return news.over(StudyNews.Phase.STOPPED, Optional.empty());
    }
    return result.complete()
        ? news.over(StudyNews.Phase.FINISHED, sentence(result))
        : news.over(StudyNews.Phase.ENDED_EARLY, early.or(() -> sentence(result)));
  }

  private static Optional<String> sentence(StudyResult result) {
    return result.missing().isEmpty()
        ? Optional.empty()
        : Optional.of(String.join("; ", result.missing()));
  }

  private void compute(AskedComputation computation, DataFolders folders, Compute compute) {
    try {
      Report found = computation.compute(folders, compute, this::progress);
      computation.writeReport(found, start.command());
      start.text().ifPresent(text -> AtomicFile.writeText(start.file(), text));
      become(news ->
          news.over(StudyNews.Phase.FINISHED, Optional.of(String.join(" ", found.conclusions()))));
    } catch (CancellationException wished) {
      become(news ->
          news.over(
              StudyNews.Phase.STOPPED,
              Optional.of("a computed study is made whole or not at all: it begins anew")));
    }
  }

  private void progress(String what) {
    if (isStopped()) {
      throw new CancellationException();
    }
    become(news -> news.doing(what));
  }

  private void become(UnaryOperator<StudyNews> change) {
    status.updateAndGet(change);
    changed.run();
  }

  @Override
  public void due(int trials) {
    meter.due(trials);
    changed.run();
  }

  @Override
  public void happened(Event event) {
    switch (event) {
      case Event.Reached reached -> meter.ended(reached.trial());
      case Event.Failed failed -> meter.ended(failed.trial());
      case Event.Measured _ -> become(news -> news.doing("What was chosen is measured"));
      case Event.TestRead read ->
          become(news -> news.doing("The test data are read, time " + read.number()));
      default -> {}
    }
    become(news -> news.line(event instanceof Event.Failed));
  }

  @Override
  public void step(String trial, Progress progress, long totalSteps) {
    meter.step(trial, (double) progress.step() / totalSteps);
    changed.run();
  }
}
