package dev.vitrine.bench;

import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.workload.ProcessorTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The results of answering as one Markdown table. */
final class AnswerTable {
  private final List<Row> rows = new ArrayList<>();

  private record Row(NetworkSpec network, int batch, int threads, List<AnswerScore> scores) {
    /** The others' best, Vitrine being the first. */
    double best() {
      return scores.stream()
          .skip(1)
          .mapToDouble(AnswerScore::imagesPerSecond)
          .max()
          .orElse(Double.NaN);
    }

    /** Not a number without others. */
    double ratio() {
      return scores.getFirst().imagesPerSecond() / best();
    }

    double difference() {
      return scores.stream().mapToDouble(AnswerScore::difference).max().orElse(0);
    }
  }

  void add(NetworkSpec network, int batch, int threads, List<AnswerScore> scores) {
    rows.add(new Row(network, batch, threads, scores));
  }

  List<String> lines() {
    List<String> titles =
        rows.stream()
            .flatMap(row -> row.scores().stream())
            .map(AnswerScore::title)
            .distinct()
            .toList();
    List<String> lines = new ArrayList<>();
    lines.add(
        "| images/s | batch | threads | %s | Vitrine : best | apart |"
            .formatted(String.join(" | ", titles)));
    lines.add("|---|" + "---:|".repeat(titles.size() + 4));
    rows.forEach(row -> lines.add(line(row, titles)));
    lines.add("");
    lines.add("- apart: the largest difference between outputs, as a share of the largest output");
    if (rows.stream().flatMap(row -> row.scores().stream()).anyMatch(score -> !score.quiet())) {
      lines.add(
          String.format(
              Locale.ROOT,
              "- *: others used over %.0f %% of a processor in too many windows: no measurement",
              100 * ProcessorTime.QUIET));
    }
    return lines;
  }

  private static String line(Row row, List<String> titles) {
    StringBuilder line =
        new StringBuilder(
            "| %s | %s | %s |".formatted(row.network().name(), row.batch(), row.threads()));
    for (String title : titles) {
      line.append(
          row.scores().stream()
              .filter(score -> score.title().equals(title))
              .findFirst()
              .map(AnswerTable::cell)
              .orElse(" not translated |"));
    }
    return line.append(String.format(Locale.ROOT, " %.2f× | %.0e |", row.ratio(), row.difference()))
        .toString();
  }

  private static String cell(AnswerScore score) {
    return String.format(
        Locale.ROOT,
        score.imagesPerSecond() < 100 ? " %,.1f ± %.0f %%%s |" : " %,.0f ± %.0f %%%s |",
        score.imagesPerSecond(),
        100 * score.spread(),
        score.quiet() ? "" : " *");
  }

  List<Map<String, Object>> toJson() {
    List<Map<String, Object>> json = new ArrayList<>();
    for (Row row : rows) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("network", row.network().name());
      entry.put("batchSize", row.batch());
      entry.put("threads", row.threads());
      entry.put("scores", row.scores());
      entry.put("ratio", row.ratio());
      json.add(entry);
    }
    return json;
  }
}
