package dev.vitrine.cli;

import dev.vitrine.data.DataFolders;
import dev.vitrine.lab.report.Report;
import dev.vitrine.lab.session.AskedComputation;
import dev.vitrine.plan.Compute;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@link StudyCommand} does with a study that is computed, not swept. */
final class ComputedSession {
  /** Options that only a sweep has a use for. */
  private static final List<String> OF_SWEEPS =
      List.of(
          "--jobs",
          "--cluster",
          "--for",
          "--seeds",
          "--add",
          "--retry-failed",
          "--rerun",
          "--plan");

  private final StudyCommand asked;
  private final Terminal terminal;
  private final AskedComputation study;

  ComputedSession(StudyCommand asked, Terminal terminal, AskedComputation study) {
    this.asked = asked;
    this.terminal = terminal;
    this.study = study;
  }

  int run() {
    for (String option : OF_SWEEPS) {
      Surplus.refuse(asked.spec, option, "on a study that is computed");
    }
    Report report;
    try (Compute compute = Main.compute(Optional.empty(), terminal)) {
      report = study.compute(DataFolders.ofSystem(asked.dataDir), compute, terminal::busy);
    }
    Path page = study.writeReport(report, Main.commandLine(asked.spec));
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
}
