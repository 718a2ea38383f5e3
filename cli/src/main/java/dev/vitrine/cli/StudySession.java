package dev.vitrine.cli;

import dev.vitrine.data.DataFolders;
import dev.vitrine.data.DataSource;
import dev.vitrine.data.Downloader;
import dev.vitrine.data.digits.Digits;
import dev.vitrine.error.UserException;
import dev.vitrine.format.TextFile;
import dev.vitrine.lab.Study;
import dev.vitrine.lab.StudyJson;
import dev.vitrine.lab.StudyResult;
import dev.vitrine.lab.StudyRun;
import dev.vitrine.lab.report.Report;
import dev.vitrine.lab.report.ReportFiles;
import dev.vitrine.lab.search.Trial;
import dev.vitrine.lab.search.Widening;
import dev.vitrine.lab.spec.ComputedSpec;
import dev.vitrine.lab.spec.Durations;
import dev.vitrine.lab.spec.SpecReader;
import dev.vitrine.lab.spec.StudySpec;
import dev.vitrine.lab.spec.WrittenSpec;
import dev.vitrine.lab.studies.Catalogue;
import dev.vitrine.lab.studies.Reported;
import dev.vitrine.lab.sweep.Claim;
import dev.vitrine.lab.trial.NamedTrainings;
import dev.vitrine.lab.trial.Rerun;
import dev.vitrine.lab.trial.Trainings;
import dev.vitrine.plan.Compute;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunPlace;
import dev.vitrine.settings.Commands;
import dev.vitrine.settings.TrainSettings;
import dev.vitrine.train.TrainingControl;
import dev.vitrine.train.TrainingListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** What {@link StudyCommand} does. */
final class StudySession {
  private static final int OTHERWISE = 1;
  private static final int INCOMPLETE = 4;
  private static final int INTERRUPTED = 130;
  private static final int MOST_SEEDS = 1000;

  private final StudyCommand asked;
  private final Terminal terminal;
  private final Trainings trainings;

  StudySession(StudyCommand asked, Terminal terminal) {
    this.asked = asked;
    this.terminal = terminal;
    trainings =
        new NamedTrainings(
            DataFolders.ofSystem(asked.dataDir), Downloader.reportingTo(terminal::download));
  }

  int run() {
    if (asked.list) {
      return list();
    }
    if (asked.print) {
      text().stripTrailing().lines().forEach(line -> terminal.line("%s", line));
      return 0;
    }
    Optional<ComputedSpec> computed =
        asked.file.isEmpty()
            ? Optional.empty()
            : ComputedSpec.parse(text(), asked.file.get().toString(), asked.quick);
    if (computed.isPresent()) {
      return new ComputedSession(asked, terminal, computed.get()).run();
    }
    Study study = study();
    if (asked.plan) {
      return plan(study);
    }
    return asked.rerun.isPresent() ? rerun(study, asked.rerun.get()) : train(study);
  }

  private Study study() {
    if (asked.file.isPresent() == asked.resume.isPresent()) {
      throw new UserException(
          "study expects a file in YAML or the name of a study, or --resume with the folder of one, and not both");
    }
    if (asked.resume.isPresent()) {
      refuseBesideResume();
      Path folder = asked.resume.get();
      Study there = Study.open(folder, trainings);
      StudySpec spec = changed(there.spec());
      return spec.equals(there.spec()) ? there : Study.of(folder, spec, trainings);
    }
    String source = asked.file.get().toString();
    SpecReader reader = new SpecReader(TrainSettings.names());
    WrittenSpec written = reader.written(text(), source, asked.quick);
    StudySpec spec = changed(written.spec());
    return Study.of(folder(spec), written.with(spec), trainings);
  }

  /** The study's file: one that is there goes before a study of its name. */
  private String text() {
    Path file =
        asked.file.orElseThrow(() ->
            new UserException(
                "--print expects a study, such as 'vitrine study optimizers --print'"));
    return Files.isRegularFile(file) || file.toString().matches(".*[./].*")
        ? TextFile.read(file)
        : Catalogue.text(file.toString());
  }

  private int list() {
    for (String name : Catalogue.names()) {
      String question = SpecReader.question(Catalogue.text(name), name);
      terminal.line("%-18s %s", name, question);
    }
    return 0;
  }

  private void refuseBesideResume() {
    for (String option : List.of("--out", "--quick")) {
      Surplus.refuse(asked.spec, option, "with --resume, which goes on as the study is there");
    }
  }

  private Path folder(StudySpec spec) {
    return asked
        .out
        .map(OutputFolder::path)
        .orElseGet(() -> Path.of("studies", spec.name() + (asked.quick ? "-quick" : "")));
  }

  /** With what the command line adds to it. */
  private StudySpec changed(StudySpec spec) {
    StudySpec changed = spec;
    for (String more : asked.add) {
      changed = Widening.of(changed, more);
    }
    if (asked.seeds.isPresent()) {
      int many = asked.seeds.get();
      if (many < 1 || many > MOST_SEEDS) {
        throw UserException.expecting("--seeds", "1 to " + MOST_SEEDS, Integer.toString(many));
      }
      changed = changed.withSeeds(LongStream.rangeClosed(1, many).boxed().toList());
    }
    return changed;
  }

  private StudyRun.Options options() {
    StudyRun.Options usual = StudyRun.Options.usual();
    int jobs = asked.jobs.orElse(usual.jobs());
    if (jobs < 1) {
      throw UserException.expecting("--jobs", "1 or more", Integer.toString(jobs));
    }
    return new StudyRun.Options(
        jobs,
        usual.processors(),
        usual.memory(),
        asked.limit.map(text -> Durations.parse("--for", text)),
        asked.retryFailed);
  }

  private int plan(Study study) {
    for (Trial trial : study.trials()) {
      terminal.line("%s  %s", trial.id(), trainings.config(trial.settings()).command());
    }
    return 0;
  }

  private int train(Study study) {
    StudyRun.Options options = options();
    StudyView view = new StudyView(terminal, study);
    Main.kernels(terminal);
    StudyResult result;
    Optional<String> stopped;
    boolean interrupted;
    try (StudyRun run = StudyRun.begin(study, options, view)) {
      view.introduce(run.jobs(), asked.jobs);
      asked
          .seeds
          .filter(many -> many < study.spec().seeds().size())
          .ifPresent(_ ->
              terminal.note(
                  "keeps its %s seeds: what was begun stays", study.spec().seeds().size()));
      sources(study).forEach(source -> DataOptions.remark(source, terminal));
      boolean[] asked = {false};
      try (Interrupt _ =
          Interrupt.install(() -> {
            asked[0] = true;
            run.stop("it was stopped");
          })) {
        result = run.run();
      }
      stopped = run.stopped();
      interrupted = asked[0];
    }
    asked.json.ifPresent(file -> file.json(StudyJson.of(result, true)));
    new StudyTable(terminal, study, command(study)).show(result);
    terminal.line("report   %s", ReportFiles.write(study.folder().path(), report(study)));
    stopped.ifPresent(why -> terminal.note("Ended early: %s. Go on with: %s", why, command(study)));
    return interrupted ? INTERRUPTED : result.complete() ? 0 : INCOMPLETE;
  }

  /** What a study's data come from, each once. */
  private List<DataSource> sources(Study study) {
    Map<List<Object>, RunConfig> different = new LinkedHashMap<>();
    study
        .configs()
        .forEach(
            config -> different.put(List.of(config.data().name(), config.data().folder()), config));
    return different.values().stream().map(trainings::data).toList();
  }

  private Report report(Study study) {
    Map<String, String> commands = new LinkedHashMap<>();
    commands.put("command", Main.commandLine(asked.spec));
    commands.put("goes on with", command(study));
    for (DataSource source : sources(study)) {
      source.remark().ifPresent(remark -> commands.put(DataFolders.title(source.name()), remark));
    }
    boolean drawn =
        Digits.NAME.equals(study.spec().settings().get("data")); // nobody reports of them
    Map<String, Claim> reported = drawn ? Map.of() : Reported.of(study.spec().name());
    return study.report(reported, commands);
  }

  /** What goes on with a study. */
  private String command(Study study) {
    return "vitrine study --resume " + Commands.quoted(study.folder().path());
  }

  private int rerun(Study study, String id) {
    Trial trial = study.trial(id);
    String expected =
        study.results().arms().stream()
            .flatMap(arm -> arm.points().stream())
            .flatMap(point -> point.trials().stream())
            .filter(each -> each.id().equals(id) && each.end().isPresent())
            .map(StudyResult.TrialResult::hash)
            .findFirst()
            .orElseThrow(() ->
                new UserException(
                    "The trial %s was not trained to its end, so there is nothing to compare with"
                        .formatted(id)));
    RunPlace place = RunPlace.numbered(study.folder().path().resolve("reruns").resolve(id));
    TrainingControl control = new TrainingControl();
    terminal.note("%s", trainings.config(trial.settings()).command());
    Optional<String> hash;
    try (Compute compute = Main.compute(Optional.empty(), terminal);
        Interrupt _ = Interrupt.install(control::stop)) {
      hash = Rerun.train(trial, trainings, place, compute, TrainingListener.SILENT, control);
    }
    if (hash.isEmpty()) {
      return INTERRUPTED;
    }
    boolean same = hash.get().equals(expected);
    terminal.line("study  sha256 %s", expected);
    terminal.line("rerun  sha256 %s", hash.get());
    terminal.line(same ? "identical, bit for bit" : "not the same");
    return same ? 0 : OTHERWISE;
  }
}
