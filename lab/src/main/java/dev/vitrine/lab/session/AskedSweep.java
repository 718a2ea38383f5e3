package dev.vitrine.lab.session;

import dev.vitrine.data.DataFolders;
import dev.vitrine.data.DataSource;
import dev.vitrine.data.digits.Digits;
import dev.vitrine.lab.Study;
import dev.vitrine.lab.report.ReportFiles;
import dev.vitrine.lab.search.Trial;
import dev.vitrine.lab.spec.SpecReader;
import dev.vitrine.lab.spec.StudySpec;
import dev.vitrine.lab.spec.WrittenSpec;
import dev.vitrine.lab.studies.Reported;
import dev.vitrine.lab.sweep.Claim;
import dev.vitrine.lab.trial.Trainings;
import dev.vitrine.run.RunConfig;
import dev.vitrine.settings.Commands;
import dev.vitrine.settings.TrainSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A study of many trainings that somebody asked for.
 *
 * @param study what is asked and what is known of it
 */
public record AskedSweep(Study study) implements AskedStudy {
  static AskedSweep of(StudyRequest request, Trainings trainings) {
    SpecReader reader = new SpecReader(TrainSettings.names());
    WrittenSpec written = reader.written(request.text(), request.source(), request.quick());
    StudySpec spec = request.changes().of(written.spec());
    return new AskedSweep(Study.of(request.folder(spec.name()), written.with(spec), trainings));
  }

  /**
   * {@return a study that is to go on as it is in its folder}
   *
   * @param folder the study's
   * @param changes what is asked beyond that
   * @param trainings what its settings mean
   * @throws dev.vitrine.error.UserException if there is none, or it cannot become that
   */
  public static AskedSweep inFolder(Path folder, StudyChanges changes, Trainings trainings) {
    Study there = Study.open(folder, trainings);
    StudySpec spec = changes.of(there.spec());
    return new AskedSweep(spec.equals(there.spec()) ? there : Study.of(folder, spec, trainings));
  }

  @Override
  public String name() {
    return study.spec().name();
  }

  @Override
  public String question() {
    return study.spec().question();
  }

  @Override
  public Optional<Duration> budget() {
    return study.spec().limits().study();
  }

  @Override
  public Path folder() {
    return study.folder().path();
  }

  /** {@return the command that trains each of its trials alone, by the trials' names} */
  public Map<String, String> plan() {
    return plan(Integer.MAX_VALUE);
  }

  /**
   * {@return {@link #plan()} of its first trials}
   *
   * @param most how many at most
   */
  public Map<String, String> plan(int most) {
    Map<String, String> commands = new LinkedHashMap<>();
    List<Trial> all = study.trials();
    for (Trial trial : all.subList(0, Math.min(most, all.size()))) {
      commands.put(trial.id(), study.trainings().config(trial.settings()).command());
    }
    return commands;
  }

  /** {@return the command that goes on with it} */
  public String goesOnWith() {
    return Commands.resumingStudy(folder());
  }

  /** {@return what its data come from, each once} */
  public List<DataSource> sources() {
    Map<List<Object>, RunConfig> different = new LinkedHashMap<>();
    study
        .configs()
        .forEach(
            config -> different.put(List.of(config.data().name(), config.data().folder()), config));
    return different.values().stream().map(study.trainings()::data).toList();
  }

  /**
   * Writes what it found so far as its report.
   *
   * @param command that gives the study again
   * @return the report's page
   * @throws dev.vitrine.error.UserException if a file cannot be written
   */
  public Path writeReport(String command) {
    Map<String, String> commands = new LinkedHashMap<>();
    commands.put("command", command);
    commands.put("goes on with", goesOnWith());
    for (DataSource source : sources()) {
      source.remark().ifPresent(remark -> commands.put(DataFolders.title(source.name()), remark));
    }
    boolean drawn =
        Digits.NAME.equals(study.spec().settings().get("data")); // nobody reports of them
    Map<String, Claim> reported = drawn ? Map.of() : Reported.of(name());
    return ReportFiles.write(folder(), study.report(reported, commands));
  }
}
