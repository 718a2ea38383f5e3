package dev.vitrine.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A summary as an aligned table for a terminal. */
public final class SummaryText {
  private SummaryText() {}

  /** The table, with a line of totals; every line ends with a line feed. */
  public static String render(String title, Summary summary) {
    List<String[]> lines = new ArrayList<>();
    lines.add(new String[] {"layer", "", "output", "parameters", "MACs"});
    for (Summary.Row row : summary.rows()) {
      lines.add(
          new String[] {
            row.name(),
            row.layer(),
            row.output().toString(),
            number(row.parameters()),
            number(row.macs())
          });
    }
    lines.add(new String[] {"total", "", "", number(summary.parameters()), number(summary.macs())});
    int[] widths = new int[5];
    for (String[] line : lines) {
      for (int c = 0; c < widths.length; c++) {
        widths[c] = Math.max(widths[c], line[c].length());
      }
    }
    String format =
        "%%-%ds  %%-%ds  %%-%ds  %%%ds  %%%ds%n"
            .formatted(widths[0], Math.max(1, widths[1]), widths[2], widths[3], widths[4]);
    StringBuilder text = new StringBuilder();
    text.append("%s, input %s%n%n".formatted(title, summary.input()));
    String rule = "─".repeat(java.util.Arrays.stream(widths).sum() + 8) + System.lineSeparator();
    for (int i = 0; i < lines.size(); i++) {
      if (i == 1 || i == lines.size() - 1) {
        text.append(rule);
      }
      text.append(format.formatted((Object[]) lines.get(i)));
    }
    return text.toString();
  }

  private static String number(long value) {
    return value == 0 ? "–" : String.format(Locale.ROOT, "%,d", value);
  }
}
