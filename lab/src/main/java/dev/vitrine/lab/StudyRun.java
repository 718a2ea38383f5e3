package dev.vitrine.lab;

import dev.vitrine.error.UserException;
import dev.vitrine.format.Json;
import dev.vitrine.lab.journal.Entry;
import dev.vitrine.lab.journal.Event;
import dev.vitrine.lab.journal.Journal;
import dev.vitrine.lab.journal.StudyRecord;
import dev.vitrine.lab.journal.TrialRecord;
import dev.vitrine.lab.search.Agenda;
import dev.vitrine.lab.spec.Durations;
import dev.vitrine.lab.spec.Metric;
import dev.vitrine.lab.spec.StudySpec;
import dev.vitrine.lab.spec.TestUse;
import dev.vitrine.lab.trial.Capacity;
import dev.vitrine.lab.trial.Log;
import dev.vitrine.lab.trial.StudyListener;
import dev.vitrine.lab.trial.Sweep;
import dev.vitrine.lab.trial.TrialTeam;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunData;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A study at work, held by this process. Whenever it ends, and however, what is in the folder is
 * valid, and the same study goes on from there.
 */
public final class StudyRun implements AutoCloseable {
  private final Study study;
  private final Journal journal;
  private final Log log;
  private final Sweep sweep;
  private final Options options;

  /**
   * How a study is run; none of it changes a result.
   *
   * @param jobs how many trials at once; fewer, if memory has no room
   * @param processors that there are, shared by the trials
   * @param memory what Java may use, in bytes
   * @param limit how long it may take; empty for what the study itself says
   * @param retry whether trials that failed are tried again
   */
  public record Options(
      int jobs, int processors, long memory, Optional<Duration> limit, boolean retry) {
    /** {@return a trial for each processor, without a limit but the study's own} */
    public static Options usual() {
      int processors = Runtime.getRuntime().availableProcessors();
      return new Options(
          processors, processors, Runtime.getRuntime().maxMemory(), Optional.empty(), false);
    }

    /**
     * {@return the same with another number of trials at once}
     *
     * @param name what the reader calls it
     * @param many how many
     * @throws UserException if it is not 1 or more
     */
    public Options jobs(String name, int many) {
      if (many < 1) {
        throw UserException.expecting(name, "1 or more", Integer.toString(many));
      }
      return new Options(many, processors, memory, limit, retry);
    }

    /**
     * {@return the same with a limit}
     *
     * @param name what the reader calls it
     * @param time such as {@code 30m}
     * @throws UserException if it is no time
     */
    public Options limit(String name, String time) {
      Duration most = Durations.parse(name, time);
      return new Options(jobs, processors, memory, Optional.of(most), retry);
    }

    /**
     * {@return the same, trying again what failed or not}
     *
     * @param again whether it is tried again
     */
    public Options retry(boolean again) {
      return new Options(jobs, processors, memory, limit, again);
    }
  }

  private StudyRun(Study study, Journal journal, Log log, Sweep sweep, Options options) {
    this.study = study;
    this.journal = journal;
    this.log = log;
    this.sweep = sweep;
    this.options = options;
  }

  /**
   * {@return a study that is about to work; its folder is made, and held until this is closed}
   *
   * @param study what to work on
   * @param options how
   * @param listener who is told
   * @throws dev.vitrine.error.UserException if another process works on it, there is too little
   *     memory, or the folder cannot be written into
   */
  public static StudyRun begin(Study study, Options options, StudyListener listener) {
    return begin(study, options, listener, Optional.empty());
  }

  /**
   * {@return what {@link #begin(Study, Options, StudyListener)} gives, its trials perhaps trained
   * by a team}
   *
   * @param study what to work on
   * @param options how; a team has memory of its own
   * @param listener who is told
   * @param team who trains the trials, if not this process; it stays the caller's
   * @throws dev.vitrine.error.UserException as there
   */
  public static StudyRun begin(
      Study study, Options options, StudyListener listener, Optional<TrialTeam> team) {
    requireMetric(study);
    // What was chosen is judged here, one network after another.
    int here =
        Capacity.jobs(
            team.isEmpty() ? options.jobs() : 1,
            study.configs(),
            study.trainings(),
            options.memory());
    int jobs = team.isEmpty() ? here : options.jobs();
    StudyFolder folder = study.folder();
    folder.make();
    Journal journal = Journal.open(folder.path());
    try {
      folder.removeDrafts();
      StudyRecord record =
          StudyRecord.of(folder.isStudy() ? Journal.read(folder.path()) : List.<Entry>of());
      Log log = new Log(journal, record, listener);
      StudySpec spec = study.spec();
      Sweep sweep =
          new Sweep(
              folder.trials(),
              study.trainings(),
              log,
              new Sweep.Options(
                  jobs,
                  Math.max(1, options.processors() / jobs),
                  spec.limits().trial(),
                  spec.limits().alike(),
                  spec.test() == TestUse.CURVES),
              team);
      return new StudyRun(study, journal, log, sweep, options);
    } catch (RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  /** Numbers have no accuracy to choose by. */
  private static void requireMetric(Study study) {
    if (study.spec().metric() != Metric.VALIDATION_ACCURACY) {
      return;
    }
    Map<RunData, RunConfig> different = new LinkedHashMap<>();
    study.configs().forEach(config -> different.putIfAbsent(config.data(), config));
    for (RunConfig config : different.values()) {
      if (study.trainings().data(config).outline().targets().isPresent()) {
        throw UserException.advising(
            "A study of numbers, as data set %s has, cannot choose by validation accuracy"
                .formatted(config.data().name()),
            "give it the %s",
            "metric validation-loss");
      }
    }
  }

  /** {@return how many trials are trained at once} */
  public int jobs() {
    return sweep.jobs();
  }

  /**
   * Works until all is done, the time is over, or it is stopped.
   *
   * @return what the study came to so far
   * @throws dev.vitrine.error.UserException if a file cannot be written; what was done until then
   *     is kept
   */
  public StudyResult run() {
    announce();
    Optional<Duration> limit = options.limit().or(() -> study.spec().limits().study());
    Thread alarm = Thread.ofPlatform().daemon().unstarted(() -> wait(limit.orElseThrow()));
    if (limit.isPresent()) {
      alarm.start();
    }
    try {
      Agenda agenda = work();
      if (sweep.stopped().isEmpty()) {
        new Judging(study, log, sweep).judge(agenda, options.processors());
      }
    } finally {
      alarm.interrupt();
    }
    StudyResult result = study.results(log.record());
    log.add(new Event.Ended(result.complete(), sweep.stopped().orElse("all is done")));
    Json.write(study.folder().path().resolve(StudyFolder.RESULTS), StudyJson.of(result, false));
    return result;
  }

  private void wait(Duration limit) {
    try {
      Thread.sleep(limit);
      stop("its time was over");
    } catch (InterruptedException done) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Ends the work after the steps that the trials are in.
   *
   * @param why in words
   */
  public void stop(String why) {
    sweep.stop(why);
  }

  /** {@return why it ended before all was done, if it did} */
  public Optional<String> stopped() {
    return sweep.stopped();
  }

  private void announce() {
    List<StudySpec> history = study.history();
    int known = log.record().specs().size();
    if (known > history.size()) {
      throw new UserException(
          "The study %s was extended meanwhile: run it again".formatted(study.folder().path()));
    }
    if (known == 0) {
      log.add(new Event.Begun(Study.json(history.getFirst()), Versions.own()));
    } else if (known < history.size()) {
      log.add(new Event.Extended(Study.json(study.spec()), study.more()));
    }
    List<TrialRecord> failed =
        log.record().trials().stream().filter(trial -> trial.failure().isPresent()).toList();
    if (options.retry() && !failed.isEmpty()) {
      log.add(new Event.Retried(failed.stream().map(TrialRecord::id).toList()));
      failed.stream()
          .filter(trial -> !trial.failure().orElseThrow().kind().equals("time"))
          .forEach(trial -> study.folder().removeTrial(trial.id()));
    }
  }

  private Agenda work() {
    Agenda agenda = study.agenda(log.record());
    Decisions.add(agenda, log);
    while (!agenda.due().isEmpty() && sweep.stopped().isEmpty()) {
      sweep.train(agenda.due());
      agenda = study.agenda(log.record());
      Decisions.add(agenda, log);
    }
    return agenda;
  }

  @Override
  public void close() {
    journal.close();
  }
}
