package dev.vitrine.lab.report;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A report as Markdown: its sentences and tables; figures are named with the files they are in. */
final class ReportText {
  private ReportText() {}

  static String markdown(Report report) {
    StringBuilder text = new StringBuilder();
    text.append("# ").append(report.title()).append("\n\n").append(report.question()).append('\n');
    if (!report.conclusions().isEmpty()) {
      text.append('\n');
      report.conclusions().forEach(each -> text.append("- ").append(each).append('\n'));
    }
    for (Report.Section section : report.sections()) {
      text.append("\n## ").append(section.title()).append('\n');
      section.blocks().forEach(block -> append(block, text));
    }
    text.append("\n## To get it again\n\n");
    for (Map.Entry<String, String> fact : report.origin().entrySet()) {
      text.append("- ").append(fact.getKey()).append(": `").append(fact.getValue()).append("`\n");
    }
    return text.toString();
  }

  private static void append(Block block, StringBuilder text) {
    text.append('\n');
    switch (block) {
      case Block.Text said -> text.append(said.sentences()).append('\n');
      case Figure figure ->
          text.append("Figure (`figures/%s.svg`): %s\n".formatted(figure.id(), figure.caption()));
      case Picture picture ->
          text.append(
              "Picture (`figures/%s.html`): %s\n".formatted(picture.id(), picture.caption()));
      case Grid grid -> {
        text.append(grid.caption()).append("\n\n");
        row(grid.columns(), text);
        row(Collections.nCopies(grid.columns().size(), "---"), text);
        grid.rows().forEach(row -> row(row, text));
      }
    }
  }

  private static void row(List<String> cells, StringBuilder text) {
    text.append('|');
    cells.forEach(cell -> text.append(' ').append(cell.replace("|", "\\|")).append(" |"));
    text.append('\n');
  }
}
