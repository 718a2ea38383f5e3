package dev.vitrine.cli;

import dev.vitrine.data.DataFolders;
import dev.vitrine.data.Downloader;
import dev.vitrine.error.UserException;
import dev.vitrine.lab.Study;
import dev.vitrine.lab.StudyJson;
import dev.vitrine.lab.StudyResult;
import dev.vitrine.lab.StudyRun;
import dev.vitrine.lab.search.Trial;
import dev.vitrine.lab.session.AskedComputation;
import dev.vitrine.lab.session.AskedStudy;
import dev.vitrine.lab.session.AskedSweep;
import dev.vitrine.lab.session.StudyChanges;
import dev.vitrine.lab.session.StudyRequest;
import dev.vitrine.lab.spec.SpecReader;
import dev.vitrine.lab.studies.Catalogue;
import dev.vitrine.lab.trial.NamedTrainings;
import dev.vitrine.lab.trial.Rerun;
import dev.vitrine.lab.trial.Trainings;
import dev.vitrine.lab.trial.TrialTeam;
import dev.vitrine.plan.Compute;
import dev.vitrine.run.RunPlace;
import dev.vitrine.train.TrainingControl;
import dev.vitrine.train.TrainingListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What {@link StudyCommand} does. */
final class StudySession {
  private static final int OTHERWISE = 1;
  private static final int INCOMPLETE = 4;
  private static final int INTERRUPTED = 130;

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
    return switch (study()) {
      case AskedComputation computed -> new ComputedSession(asked, terminal, computed).run();
      case AskedSweep sweep when asked.plan -> plan(sweep);
      case AskedSweep sweep when asked.rerun.isPresent() -> rerun(sweep.study(), asked.rerun.get());
      case AskedSweep sweep -> train(sweep);
    };
  }

  private AskedStudy study() {
    if (asked.file.isPresent() == asked.resume.isPresent()) {
      throw new UserException(
          "study expects a file in YAML or the name of a study, or --resume with the folder of one, and not both");
    }
    asked.seeds.ifPresent(many -> StudyChanges.seeds("--seeds", many));
    StudyChanges changes = new StudyChanges(asked.add, asked.seeds);
    if (asked.resume.isPresent()) {
      refuseBesideResume();
      return AskedSweep.inFolder(asked.resume.get(), changes, trainings);
    }
    StudyRequest request =
        new StudyRequest(
            text(),
            asked.file.get().toString(),
            asked.quick,
            changes,
            Path.of("studies"),
            asked.out.map(OutputFolder::path));
    return AskedStudy.of(request, trainings);
  }

  /** The study's file. */
  private String text() {
    return StudyRequest.text(
        asked.file.orElseThrow(() ->
            new UserException(
                "--print expects a study, such as 'vitrine study optimizers --print'")));
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

  private StudyRun.Options options(Optional<TrialTeam> team) {
    StudyRun.Options options = StudyRun.Options.usual().retry(asked.retryFailed);
    if (asked.jobs.isPresent()) {
      options = options.jobs("--jobs", asked.jobs.get());
    }
    if (team.isPresent()) {
      int room = team.get().room();
      options = options.jobs("--jobs", Math.min(room, asked.jobs.orElse(room)));
    }
    return asked.limit.isPresent() ? options.limit("--for", asked.limit.get()) : options;
  }

  private int plan(AskedSweep sweep) {
    sweep.plan().forEach((trial, command) -> terminal.line("%s  %s", trial, command));
    return 0;
  }

  private int train(AskedSweep sweep) {
    options(Optional.empty()); // what is wrong is said before a cluster is asked
    Optional<TrialTeam> team = Elsewhere.trials(asked.cluster, terminal);
    try {
      return train(sweep, team);
    } finally {
      team.ifPresent(TrialTeam::close);
    }
  }

  private int train(AskedSweep sweep, Optional<TrialTeam> team) {
    Study study = sweep.study();
    StudyRun.Options options = options(team);
    StudyView view = new StudyView(terminal, study);
    Main.kernels(terminal);
    StudyResult result;
    Optional<String> stopped;
    boolean interrupted;
    try (StudyRun run = StudyRun.begin(study, options, view, team)) {
      view.introduce(run.jobs(), asked.jobs, asked.cluster);
      asked
          .seeds
          .filter(many -> many < study.spec().seeds().size())
          .ifPresent(_ ->
              terminal.note(
                  "keeps its %s seeds: what was begun stays", study.spec().seeds().size()));
      sweep.sources().forEach(source -> DataOptions.remark(source, terminal));
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
    new StudyTable(terminal, study, sweep.goesOnWith()).show(result);
    terminal.line("report   %s", sweep.writeReport(Main.commandLine(asked.spec)));
    stopped.ifPresent(
        why -> terminal.note("Ended early: %s. Go on with: %s", why, sweep.goesOnWith()));
    return interrupted ? INTERRUPTED : result.complete() ? 0 : INCOMPLETE;
  }

  private int rerun(Study study, String id) {
    Surplus.refuse(asked.spec, "--cluster", "with --rerun, which trains here");
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
