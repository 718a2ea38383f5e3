package dev.vitrine.cli;

import dev.vitrine.data.DataFolders;
import dev.vitrine.format.MadeFolder;
import dev.vitrine.lab.report.Report;
import dev.vitrine.lab.report.ReportFiles;
import dev.vitrine.lab.spec.ComputedSpec;
import dev.vitrine.lab.studies.Catalogue;
import dev.vitrine.lab.studies.Desk;
import dev.vitrine.plan.Compute;
import dev.vitrine.random.Seed;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@link StudyCommand} does with a study that is computed, not swept. */
final class ComputedSession {
  private static final Seed SEED = Seed.of(42);

  /** Options that only a sweep has a use for. */
  private static final List<String> OF_SWEEPS =
      List.of("--jobs", "--for", "--seeds", "--add", "--retry-failed", "--rerun", "--plan");

  private final StudyCommand asked;
  private final Terminal terminal;
  private final ComputedSpec spec;

  ComputedSession(StudyCommand asked, Terminal terminal, ComputedSpec spec) {
    this.asked = asked;
    this.terminal = terminal;
    this.spec = spec;
  }

  int run() {
    for (String option : OF_SWEEPS) {
      Surplus.refuse(asked.spec, option, "on a study that is computed");
    }
    Path folder = folder();
    Report found;
    try (Compute compute = Main.compute(Optional.empty(), terminal)) {
      Desk desk =
          new Desk(
              spec.values(),
              asked.quick,
              DataFolders.ofSystem(asked.dataDir),
              compute,
              SEED,
              terminal::busy);
      found = Catalogue.computed(spec.compute()).run(desk);
    }
    Report report = withOrigin(found);
    MadeFolder.of(folder);
    Path page = ReportFiles.write(folder, report);
    report.conclusions().forEach(each -> terminal.sentence("%s", each));
    asked.json.ifPresent(file ->
        file.json(
            Map.of(
                "study", report.name(),
                "conclusions", report.conclusions(),
                "report", page.toString())));
    terminal.line("report   %s", page);
    return 0;
  }

  private Path folder() {
    return asked
        .out
        .map(OutputFolder::path)
        .orElseGet(() -> Path.of("studies", spec.name() + (asked.quick ? "-quick" : "")));
  }

  private Report withOrigin(Report report) {
    Map<String, String> origin = new LinkedHashMap<>();
    origin.put("command", Main.commandLine(asked.spec));
    origin.putAll(report.origin());
    return new Report(
        report.name(),
        report.title(),
        report.question(),
        report.conclusions(),
        report.sections(),
        origin);
  }
}
