package dev.vitrine.lab;

import dev.vitrine.error.UserException;
import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.lab.journal.Journal;
import dev.vitrine.lab.journal.StudyRecord;
import dev.vitrine.lab.report.Report;
import dev.vitrine.lab.search.Agenda;
import dev.vitrine.lab.search.Edge;
import dev.vitrine.lab.search.Extension;
import dev.vitrine.lab.search.Point;
import dev.vitrine.lab.search.Points;
import dev.vitrine.lab.search.Trial;
import dev.vitrine.lab.spec.SpecJson;
import dev.vitrine.lab.spec.SpecReader;
import dev.vitrine.lab.spec.StudySpec;
import dev.vitrine.lab.spec.WrittenSpec;
import dev.vitrine.lab.sweep.Claim;
import dev.vitrine.lab.sweep.Findings;
import dev.vitrine.lab.sweep.SweepReport;
import dev.vitrine.lab.trial.Trainings;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunCurves;
import dev.vitrine.run.RunFolder;
import dev.vitrine.settings.TrainSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * A study in a folder: what is asked, what is known, and what is to be done. A study that is only
 * looked at changes nothing there, whoever works on it meanwhile.
 */
public final class Study {
  private final StudyFolder folder;
  private final List<StudySpec> history;
  private final List<String> more;
  private final List<Point> points;
  private final Configs configs;

  private Study(StudyFolder folder, Configs configs, List<StudySpec> history, List<String> more) {
    this.folder = folder;
    this.configs = configs;
    this.history = history;
    this.more = more;
    points = Points.of(history, configs);
  }

  /**
   * {@return a study as it is in its folder}
   *
   * @param path the folder
   * @param trainings what its settings mean
   * @throws UserException if there is none, or it is damaged
   */
  public static Study open(Path path, Trainings trainings) {
    StudyFolder folder = new StudyFolder(path);
    folder.requireStudy();
    return new Study(folder, new Configs(trainings), history(folder), List.of());
  }

  /**
   * {@return a study that is to begin, to go on, or to become larger; nothing is written yet} What
   * was asked before stays: the study is both together.
   *
   * @param path the folder: of this study, or one that does not exist
   * @param spec what is asked
   * @param trainings what its settings mean
   * @throws UserException if a setting is wrong, or a study that differs in more than its size is
   *     there
   */
  public static Study of(Path path, StudySpec spec, Trainings trainings) {
    Objects.requireNonNull(spec, "spec");
    StudyFolder folder = new StudyFolder(path);
    List<StudySpec> history = new ArrayList<>();
    if (folder.isStudy()) {
      history.addAll(history(folder));
    }
    Configs configs = new Configs(trainings);
    if (history.isEmpty()) {
      return new Study(folder, configs, List.of(spec), List.of());
    }
    Extension both = Extension.of(history.getLast(), spec, configs);
    if (!both.spec().equals(history.getLast())) {
      history.add(both.spec());
    }
    return new Study(folder, configs, history, both.more());
  }

  /**
   * {@return the same of a study that was read; a setting that is wrong is refused with its place}
   *
   * @param path the folder: of this study, or one that does not exist
   * @param written what is asked
   * @param trainings what its settings mean
   * @throws UserException as {@link #of(Path, StudySpec, Trainings)}
   */
  public static Study of(Path path, WrittenSpec written, Trainings trainings) {
    try {
      Study study = of(path, written.spec(), trainings);
      Faults.requireData(written, study);
      return study;
    } catch (UserException e) {
      Faults.require(written, new Configs(trainings));
      throw e;
    }
  }

  private static List<StudySpec> history(StudyFolder folder) {
    SpecReader reader = new SpecReader(TrainSettings.names());
    List<JsonObject> specs = StudyRecord.of(Journal.read(folder.path())).specs();
    String source = folder.path().resolve(Journal.NAME).toString();
    return specs.stream().map(json -> reader.parse(Json.line(json), source, false)).toList();
  }

  /** {@return what is asked} */
  public StudySpec spec() {
    return history.getLast();
  }

  /** {@return where it is kept} */
  public StudyFolder folder() {
    return folder;
  }

  /** {@return what is new in it since it was last run, in words} */
  public List<String> more() {
    return more;
  }

  /** {@return all points, in the order of the study} */
  public List<Point> points() {
    return points;
  }

  /** {@return what the points compute, with one seed} */
  public List<RunConfig> configs() {
    return points.stream().map(Point::settings).distinct().map(configs::config).toList();
  }

  /** {@return what the settings mean} */
  public Trainings trainings() {
    return configs.trainings();
  }

  /** The study as it began, and as it was after each extension. */
  List<StudySpec> history() {
    return history;
  }

  /** What is to be done next. */
  Agenda agenda(StudyRecord record) {
    return Agenda.of(
        spec(),
        points,
        point -> configs.config(point.settings()).recipe().epochs(),
        record.known(spec().metric()));
  }

  /** {@return what it came to so far} */
  public StudyResult results() {
    return results(
        folder.isStudy() ? StudyRecord.of(Journal.read(folder.path())) : new StudyRecord());
  }

  StudyResult results(StudyRecord record) {
    Agenda agenda = agenda(record);
    List<Edge> edges =
        Edge.of(spec(), points, agenda.choices().values()).stream()
            .map(edge -> PossibleEdge.of(edge, this))
            .toList();
    return Results.of(spec(), points, record, agenda, edges);
  }

  /**
   * {@return the curves of a trial, which may be training now}
   *
   * @param trial its name
   * @throws UserException if it never began
   */
  public RunCurves curves(String trial) {
    return RunCurves.of(RunFolder.open(folder.trial(trial)));
  }

  /**
   * {@return what it found so far, as a document}
   *
   * @param reported what others report of arms, by their names
   * @param commands what gives it again, by what it does
   */
  public Report report(Map<String, Claim> reported, Map<String, String> commands) {
    StudyRecord record =
        folder.isStudy() ? StudyRecord.of(Journal.read(folder.path())) : new StudyRecord();
    return SweepReport.of(
        new Findings(
            spec(),
            points,
            agenda(record),
            record,
            begun(RunCurves::of),
            begun(RunFolder::config),
            folder.misread()::find,
            reported,
            commands));
  }

  /** Something of a trial's run, if it has begun. */
  private <T> Function<String, Optional<T>> begun(Function<RunFolder, T> what) {
    return trial ->
        RunFolder.isRun(folder.trial(trial))
            ? Optional.of(what.apply(RunFolder.open(folder.trial(trial))))
            : Optional.empty();
  }

  /**
   * {@return a trial of this study}
   *
   * @param id its name
   * @throws UserException if there is none, with the nearest
   */
  public Trial trial(String id) {
    Trial trial = byName().get(id);
    if (trial == null) {
      throw UserException.unknown("trial", id, byName().keySet());
    }
    return trial;
  }

  /** {@return each point with each seed, once where arms share it, in the order of the study} */
  public List<Trial> trials() {
    return List.copyOf(byName().values());
  }

  private Map<String, Trial> byName() {
    Map<String, Trial> all = new LinkedHashMap<>();
    for (Point point : points) {
      spec().seeds().forEach(seed -> all.putIfAbsent(point.with(seed).id(), point.with(seed)));
    }
    return all;
  }

  /** The keys of the study as its journal keeps them. */
  static JsonObject json(StudySpec spec) {
    return new JsonObject(spec.name(), SpecJson.of(spec));
  }
}
