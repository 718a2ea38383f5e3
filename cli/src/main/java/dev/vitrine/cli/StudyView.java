package dev.vitrine.cli;

import static dev.vitrine.lab.session.StudyWords.counted;

import dev.vitrine.lab.Study;
import dev.vitrine.lab.journal.Event;
import dev.vitrine.lab.session.StudyCost;
import dev.vitrine.lab.session.StudyPace;
import dev.vitrine.lab.session.StudyWords;
import dev.vitrine.lab.trial.StudyListener;
import dev.vitrine.train.Progress;
import java.util.Locale;
import java.util.Optional;

/** Shows a study at work: a line for each trial that ends, and a live one with the time left. */
final class StudyView implements StudyListener {
  private final Terminal terminal;
  private final Study study;
  private final StudyWords words;
  private final StudyPace.Meter meter = new StudyPace.Meter();

  StudyView(Terminal terminal, Study study) {
    this.terminal = terminal;
    this.study = study;
    words = new StudyWords(study);
  }

  /** What is going to happen. */
  void introduce(int jobs, Optional<Integer> asked, Optional<String> cluster) {
    if (!study.spec().question().isEmpty()) {
      terminal.note("%s", study.spec().question());
    }
    StudyCost cost = StudyCost.of(study);
    terminal.note(
        "%s: %s; %s at once; study folder %s",
        study.spec().name(), cost.size(), counted(jobs, "trial"), study.folder().path());
    asked
        .filter(wanted -> wanted > jobs)
        .ifPresent(_ ->
            terminal.note("%s has no room for more trials at once.", cluster.orElse("Memory")));
    study.more().forEach(more -> terminal.note("new: %s", more));
  }

  @Override
  public void due(int trials) {
    meter.due(trials);
  }

  @Override
  public void happened(Event event) {
    switch (event) {
      case Event.Reached reached -> meter.ended(reached.trial());
      case Event.Failed failed -> meter.ended(failed.trial());
      case Event.Measured measured ->
          terminal.busy("Measured %s on what it learned from".formatted(measured.trial()));
      case Event.TestRead read -> terminal.busy("Test data, read %s".formatted(read.number()));
      default -> {}
    }
    words.line(event).ifPresent(line -> terminal.note("%s", line));
  }

  @Override
  public void step(String trial, Progress progress, long totalSteps) {
    meter.step(trial, (double) progress.step() / totalSteps);
    StudyPace pace = meter.now();
    terminal.progress(pace.share(), () -> live(pace));
  }

  private static String live(StudyPace pace) {
    return "%s of %s done, %s running  about %s left"
        .formatted(
            pace.done(),
            counted(pace.due(), "trial"),
            pace.running().size(),
            time(pace.secondsLeft().orElse(0L)));
  }

  private static String time(long seconds) {
    return seconds < 60
        ? seconds + " s"
        : String.format(Locale.ROOT, "%d:%02d min", seconds / 60, seconds % 60);
  }
}
