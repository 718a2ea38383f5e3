package dev.vitrine.cli;

import dev.vitrine.lab.Study;
import dev.vitrine.lab.journal.Event;
import dev.vitrine.lab.search.Point;
import dev.vitrine.lab.trial.StudyListener;
import dev.vitrine.report.Numbers;
import dev.vitrine.run.KnownTests;
import dev.vitrine.train.Progress;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Shows a study at work: a line for each trial that ends, and a live one with the time left. */
final class StudyView implements StudyListener {
  private final Terminal terminal;
  private final Study study;

  /** What the points of trials are called, and how far each trial is. */
  private final Map<String, String> names = new HashMap<>();

  private final Map<String, Double> running = new HashMap<>();
  private int due;
  private int done;
  private long start;

  StudyView(Terminal terminal, Study study) {
    this.terminal = terminal;
    this.study = study;
    study.points().forEach(point -> names.putIfAbsent(point.id(), varied(point.varied())));
  }

  static String varied(Map<String, String> values) {
    return values.entrySet().stream()
        .map(each -> each.getKey() + "=" + each.getValue())
        .collect(Collectors.joining(" "));
  }

  /** What is going to happen. */
  void introduce(int jobs, Optional<Integer> asked) {
    if (!study.spec().question().isEmpty()) {
      terminal.note("%s", study.spec().question());
    }
    long arms = study.points().stream().map(point -> point.arm()).distinct().count();
    terminal.note(
        "%s: %s, %s, %s; %s at once; study folder %s",
        study.spec().name(),
        counted(arms, "arm"),
        counted(study.points().stream().map(Point::id).distinct().count(), "point"),
        counted(study.spec().seeds().size(), "seed"),
        counted(jobs, "trial"),
        study.folder().path());
    asked
        .filter(wanted -> wanted > jobs)
        .ifPresent(_ -> terminal.note("Memory has no room for more trials at once."));
    study.more().forEach(more -> terminal.note("new: %s", more));
  }

  static String counted(long number, String thing) {
    return "%s %s%s".formatted(Numbers.count(number), thing, number == 1 ? "" : "s");
  }

  @Override
  public void due(int trials) {
    due = trials;
    done = 0;
    start = System.nanoTime();
    running.clear();
  }

  @Override
  public void happened(Event event) {
    switch (event) {
      case Event.Reached reached -> {
        end(reached.trial());
        row(reached.trial(), figures(reached));
      }
      case Event.Failed failed -> {
        end(failed.trial());
        row(failed.trial(), failed.cause());
      }
      case Event.Rung rung ->
          terminal.note(
              "%s after %s: %s of %s go on",
              rung.arm(),
              counted(rung.epochs(), "epoch"),
              rung.kept().size(),
              rung.kept().size() + rung.dropped().size());
      case Event.Copies known ->
          new KnownTests(known.copies(), known.examples())
              .sentence()
              .ifPresent(text -> terminal.note("%s.", text));
      case Event.Measured measured ->
          terminal.busy("Measured %s on what it learned from".formatted(measured.trial()));
      case Event.TestRead read -> terminal.busy("Test data, read %s".formatted(read.number()));
      default -> {}
    }
  }

  private void end(String trial) {
    running.remove(trial);
    done++;
  }

  private void row(String trial, String text) {
    int seed = trial.lastIndexOf("-s");
    terminal.note(
        "%s  %s  seed %s  %s",
        trial, names.get(trial.substring(0, seed)), trial.substring(seed + 2), text);
  }

  private static String figures(Event.Reached reached) {
    Event.Figures figures = reached.figures();
    String accuracy =
        Double.isNaN(figures.validationAccuracy())
            ? ""
            : "accuracy %s, ".formatted(Numbers.percent(figures.validationAccuracy(), 2));
    return String.format(
        Locale.ROOT,
        "%sloss %s on validation  %s  %.1f s",
        accuracy,
        Numbers.significant(figures.validationLoss(), 3),
        counted(reached.epochs(), "epoch"),
        reached.seconds());
  }

  @Override
  public void step(String trial, Progress progress, long totalSteps) {
    running.put(trial, (double) progress.step() / totalSteps);
    double far = done + running.values().stream().mapToDouble(share -> share).sum();
    terminal.progress(far / due, () -> live(far));
  }

  private String live(double far) {
    double seconds = (System.nanoTime() - start) * 1e-9;
    long left = (long) Math.ceil(seconds / far * (due - far));
    return "%s of %s done, %s running  about %s left"
        .formatted(done, counted(due, "trial"), running.size(), time(left));
  }

  private static String time(long seconds) {
    return seconds < 60
        ? seconds + " s"
        : String.format(Locale.ROOT, "%d:%02d min", seconds / 60, seconds % 60);
  }
}
