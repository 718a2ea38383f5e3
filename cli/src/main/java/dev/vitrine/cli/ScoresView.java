package dev.vitrine.cli;

import dev.vitrine.metrics.ClassScores;
import dev.vitrine.metrics.Evaluation;
import java.util.List;
import java.util.Locale;

/** Shows precision, recall and F1 by class, and top-k accuracy. */
final class ScoresView {
  /** What stands beside the names. */
  private static final int NUMBERS = 40;

  /** The same without how many examples there are. */
  private static final int SHARES = 30;

  private static final int SHORTEST = 5;

  private ScoresView() {}

  static void show(Terminal terminal, Evaluation evaluation, List<String> classNames) {
    if (terminal.width() < SHARES + SHORTEST) {
      showNarrow(terminal, evaluation, classNames);
      showTop(terminal, evaluation);
      return;
    }
    int widest = classNames.stream().mapToInt(String::length).max().orElse(0);
    boolean counts = terminal.width() >= NUMBERS + Math.max(SHORTEST, widest);
    int room = counts ? terminal.width() - NUMBERS : terminal.width() - SHARES;
    int width = Math.max(SHORTEST, Math.min(widest, room));
    String row = "%-" + width + "." + width + "s %10s %8s %8s" + (counts ? " %9s" : "");
    terminal.print(row, "class", "precision", "recall", "F1", "examples");
    List<ClassScores> scores = evaluation.confusion().scores();
    for (int c = 0; c < classNames.size(); c++) {
      ClassScores s = scores.get(c);
      terminal.print(
          row,
          classNames.get(c),
          percent(s.precision()),
          percent(s.recall()),
          percent(s.f1()),
          String.format(Locale.ROOT, "%,d", s.support()));
    }
    showTop(terminal, evaluation);
  }

  /** Each class on a line, and what is said of it on those below. */
  private static void showNarrow(
      Terminal terminal, Evaluation evaluation, List<String> classNames) {
    List<ClassScores> scores = evaluation.confusion().scores();
    for (int c = 0; c < classNames.size(); c++) {
      ClassScores s = scores.get(c);
      terminal.cut("%s", classNames.get(c));
      terminal.cut("  precision %8s", percent(s.precision()));
      terminal.cut("  recall    %8s", percent(s.recall()));
      terminal.cut("  F1        %8s", percent(s.f1()));
    }
  }

  private static void showTop(Terminal terminal, Evaluation evaluation) {
    StringBuilder top = new StringBuilder();
    for (int k = 1; k <= evaluation.topHits().size(); k++) {
      top.append(k == 1 ? "" : ", ").append("top-").append(k).append(' ');
      top.append(percent(evaluation.top(k)));
    }
    terminal.print("");
    terminal.sentence("%s", top);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f%%", 100 * share);
  }
}
