package dev.vitrine.cli;

import dev.vitrine.lab.Study;
import dev.vitrine.lab.StudyResult;
import dev.vitrine.lab.search.Edge;
import dev.vitrine.lab.search.Fold;
import dev.vitrine.lab.search.Widening;
import dev.vitrine.lab.session.StudyWords;
import dev.vitrine.lab.spec.Metric;
import dev.vitrine.report.Numbers;
import dev.vitrine.settings.Commands;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows what a study came to: the best of each arm, and what has to be known about it. */
final class StudyTable {
  private static final String NONE = "–";

  private final Terminal terminal;
  private final Study study;
  private final String command;

  /**
   * A table that is not shown yet.
   *
   * @param command what goes on with the study
   */
  StudyTable(Terminal terminal, Study study, String command) {
    this.terminal = terminal;
    this.study = study;
    this.command = command;
  }

  void show(StudyResult result) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("arm", "best of", "chosen", "validation", "test", "n"));
    result.arms().forEach(arm -> rows.add(row(arm)));
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    rows.forEach(row -> {
      for (int c = 0; c < columns; c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    });
    terminal.print("");
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        line.append(row.get(c)).append(" ".repeat(widths[c] - row.get(c).length() + 2));
      }
      terminal.line("%s", line.toString().stripTrailing());
    }
    terminal.print("");
    result.edges().forEach(edge -> edge(result, edge));
    if (result.testReads() > 0) {
      terminal.sentence(
          "The test data were read %s times, all runs of this study together.",
          Numbers.count(result.testReads()));
    }
    String what = result.complete() ? "Failed" : "Missing";
    result.missing().forEach(missing -> terminal.sentence("%s: %s.", what, missing));
    terminal.line("results  %s", study.folder().path().resolve("results.json"));
  }

  private List<String> row(StudyResult.Arm arm) {
    Optional<StudyResult.PointResult> best = arm.best();
    return List.of(
        arm.name(),
        Integer.toString(arm.points().size()),
        best.map(point -> StudyWords.varied(point.varied())).orElse(NONE),
        best.map(this::validation).orElse(NONE),
        best.map(StudyTable::test).orElse(NONE),
        best.map(point -> Integer.toString(point.validationLoss().n())).orElse("0"));
  }

  private String validation(StudyResult.PointResult point) {
    if (study.spec().metric() == Metric.VALIDATION_ACCURACY) {
      return percent(point.validationAccuracy());
    }
    return number(point.validationLoss());
  }

  /** Of numbers, none of which is read right, how far they are off. */
  private static String test(StudyResult.PointResult point) {
    Fold accuracy = point.testAccuracy();
    return accuracy.n() == 0 || !Double.isNaN(accuracy.mean())
        ? percent(accuracy)
        : "%s, R² %s".formatted(number(point.testLoss()), number(point.testR2()));
  }

  private static String number(Fold fold) {
    return Numbers.significant(fold.mean(), 4)
        + (fold.n() < 2 ? "" : " ± " + Numbers.significant(fold.deviation(), 2));
  }

  private static String percent(Fold share) {
    if (share.n() == 0) {
      return NONE;
    }
    String mean = Numbers.percent(share.mean(), 2);
    return share.n() < 2
        ? mean
        : "%s ± %s".formatted(mean, Numbers.significant(100 * share.deviation(), 2));
  }

  private void edge(StudyResult result, Edge edge) {
    terminal.sentence(
        "The %s that was chosen for %s, %s, is the %s that was tried: the best may lie beyond.",
        edge.parameter(), edge.arm(), edge.value(), edge.lower() ? "least" : "largest");
    if (edge.beyond().isEmpty()) {
      return;
    }
    StudyResult.PointResult point =
        result.arms().stream()
            .filter(arm -> arm.name().equals(edge.arm()))
            .findFirst()
            .flatMap(StudyResult.Arm::best)
            .orElseThrow();
    String more = Widening.text(study.spec(), edge, point.settings(), point.varied());
    terminal.line("  %s", Commands.adding(command, more));
  }
}
