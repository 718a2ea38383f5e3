package dev.vitrine.cli;

import dev.vitrine.train.EpochSummary;
import java.util.List;
import java.util.Locale;

/** What epochs came to, a row each, in as many columns as the screen has room for. */
final class EpochTable {
  private static final List<Column> WIDE =
      List.of(
          new Column("epoch", 5),
          new Column("train loss", 13),
          new Column("train acc", 12),
          new Column("valid loss", 13),
          new Column("valid acc", 12),
          new Column("images/s", 11),
          new Column("time", 8));

  /** The same order, so that what is last can be left out. */
  private static final List<Column> NARROW =
      List.of(
          new Column("epoch", 5),
          new Column("loss", 9),
          new Column("acc", 9),
          new Column("valid", 9),
          new Column("acc", 8),
          new Column("images/s", 10));

  /** Errors of numbers that are smaller, or too large, are written with an exponent. */
  private static final double LEAST = 1e-3;

  private static final double MOST = 1e4;

  private final Terminal terminal;
  private final List<Column> columns;
  private boolean headShown;

  /** A column with the gap before it. */
  private record Column(String head, int width) {}

  EpochTable(Terminal terminal) {
    this.terminal = terminal;
    columns = width(WIDE) <= terminal.width() ? WIDE : fitting(NARROW);
  }

  private List<Column> fitting(List<Column> all) {
    boolean fits = width(all) <= terminal.width() || all.size() == 1;
    return fits ? all : fitting(all.subList(0, all.size() - 1));
  }

  private static int width(List<Column> columns) {
    return columns.stream().mapToInt(Column::width).sum();
  }

  void row(EpochSummary s) {
    if (!headShown) {
      line(columns.stream().map(Column::head).toList());
      headShown = true;
    }
    boolean classes = s.trainAccuracy().isPresent();
    line(
        List.of(
            Integer.toString(s.epoch()),
            loss(s.trainLoss(), classes),
            s.trainAccuracy().isPresent() ? percent(s.trainAccuracy().getAsDouble()) : "–",
            s.validationLoss().isPresent() ? loss(s.validationLoss().getAsDouble(), classes) : "–",
            s.validation().map(v -> percent(v.accuracy())).orElse("–"),
            String.format(Locale.ROOT, "%,.0f", s.imagesPerSecond()),
            String.format(Locale.ROOT, "%.1f s", s.seconds())));
  }

  private static String loss(double loss, boolean ofClasses) {
    boolean fits = ofClasses || !Double.isFinite(loss) || (loss >= LEAST && loss < MOST);
    return String.format(Locale.ROOT, fits ? "%.4f" : "%.2e", loss);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f%%", 100 * share);
  }

  private void line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < columns.size(); c++) {
      String cell = cells.get(c);
      line.append(" ".repeat(Math.max(c == 0 ? 0 : 1, columns.get(c).width() - cell.length())))
          .append(cell);
    }
    terminal.print("%s", line);
  }
}
