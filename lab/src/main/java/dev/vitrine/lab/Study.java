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
  private final Trainings trainings;
  private final List<StudySpec> history;
  private final List<String> more;
  private final List<Point> points;
  private final Map<String, RunConfig> configs = new LinkedHashMap<>();

  private Study(
      StudyFolder folder, Trainings trainings, List<StudySpec> history, List<String> more) {
    this.folder = folder;
    this.trainings = trainings;
    this.history = history;
    this.more = more;
    points = Points.of(history);
    points.forEach(point -> configs.put(point.id(), config(point)));
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
    return new Study(folder, trainings, history(folder), List.of());
  }

  /**
   * {@return a study that is to begin, to go on, or to become larger; nothing is written yet}
   *
   * @param path the folder: of this study, or one that does not exist
   * @param spec what is asked
   * @param trainings what its settings mean
   * @throws UserException if a setting is wrong, or another study is there
   */
  public static Study of(Path path, StudySpec spec, Trainings trainings) {
    Objects.requireNonNull(spec, "spec");
    StudyFolder folder = new StudyFolder(path);
    List<StudySpec> history = new ArrayList<>();
    if (folder.isStudy()) {
      history.addAll(history(folder));
    }
    if (history.isEmpty()) {
      return new Study(folder, trainings, List.of(spec), List.of());
    }
    List<String> more = Extension.between(history.getLast(), spec);
    if (!spec.equals(history.getLast())) {
      history.add(spec);
    }
    return new Study(folder, trainings, history, more);
  }

  private static List<StudySpec> history(StudyFolder folder) {
    SpecReader reader = new SpecReader(TrainSettings.names());
    List<JsonObject> specs = StudyRecord.of(Journal.read(folder.path())).specs();
    String source = folder.path().resolve(Journal.NAME).toString();
    return specs.stream().map(json -> reader.parse(Json.line(json), source, false)).toList();
  }

  /** What a point computes with the study's first seed. */
  private RunConfig config(Point point) {
    try {
      RunConfig config = trainings.config(point.with(spec().seeds().getFirst()).settings());
      if (config.data().use().validation() == 0) {
        throw new UserException(
            "a study chooses by validation data, but none are held out: choose a validation share above 0");
      }
      return config;
    } catch (UserException e) {
      throw point.varied().isEmpty() ? e : e.of("The point %s".formatted(point.varied()));
    }
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
    return List.copyOf(configs.values());
  }

  /** {@return what the settings mean} */
  public Trainings trainings() {
    return trainings;
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
        point -> configs.get(point.id()).recipe().epochs(),
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
    Map<String, Trial> all = new LinkedHashMap<>();
    points.forEach(
        point -> spec().seeds().forEach(seed -> all.put(point.with(seed).id(), point.with(seed))));
    Trial trial = all.get(id);
    if (trial == null) {
      throw UserException.unknown("trial", id, all.keySet());
    }
    return trial;
  }

  /** The keys of the study as its journal keeps them. */
  static JsonObject json(StudySpec spec) {
    return new JsonObject(spec.name(), SpecJson.of(spec));
  }
}
