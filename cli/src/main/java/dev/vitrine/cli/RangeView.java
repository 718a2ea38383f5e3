package dev.vitrine.cli;

import dev.vitrine.range.RangeResult;
import dev.vitrine.range.RatePoint;
import dev.vitrine.report.Numbers;
import java.nio.file.Path;

/** Shows a learning-rate range test. */
final class RangeView {
  private static final int ROWS = 13;

  private RangeView() {}

  static void show(Terminal terminal, RangeResult result, Path page) {
    terminal.print("%12s  %10s  %10s", "rate", "loss", "mean loss");
    for (RatePoint point : result.spread(ROWS)) {
      terminal.print(
          "%12s  %10s  %10s",
          Numbers.significant(point.rate(), 3),
          Numbers.significant(point.loss(), 4),
          Numbers.significant(point.smoothed(), 4));
    }
    terminal.print("");
    terminal.print("%s.", result.reason());
    terminal.line("page        %s", page);
  }
}
