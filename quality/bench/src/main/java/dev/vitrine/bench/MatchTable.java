package dev.vitrine.bench;

import dev.vitrine.workload.ProcessorTime;
import dev.vitrine.workload.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The results of matches as one Markdown table. */
final class MatchTable {
  private final Map<Workload, List<Score>> results = new LinkedHashMap<>();

  void add(Workload workload, List<Score> scores) {
    results.put(workload, scores);
  }

  /** The others' best, Vitrine being the first. */
  private static double best(List<Score> scores) {
    return scores.stream().skip(1).mapToDouble(Score::imagesPerSecond).max().orElse(Double.NaN);
  }

  /** Vitrine's rate over the best other's; not a number without others. */
  static double ratio(List<Score> scores) {
    return scores.getFirst().imagesPerSecond() / best(scores);
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    List<String> titles =
        results.values().stream().flatMap(List::stream).map(Score::title).distinct().toList();
    lines.add("| images/s | " + String.join(" | ", titles) + " | Vitrine : best |");
    lines.add("|---|" + "---:|".repeat(titles.size() + 1));
    results.forEach((workload, scores) -> lines.add(row(workload, scores, titles)));
    lines.add("");
    results.forEach((workload, scores) -> {
      for (Score score : scores) {
        lines.add(note(workload, score));
      }
    });
    return lines;
  }

  private static String row(Workload workload, List<Score> scores, List<String> titles) {
    StringBuilder row = new StringBuilder("| ").append(workload).append(" |");
    Map<String, Score> byTitle = new LinkedHashMap<>();
    scores.forEach(score -> byTitle.put(score.title(), score));
    for (String title : titles) {
      row.append(byTitle.containsKey(title) ? cell(byTitle.get(title), best(scores)) : " – |");
    }
    String ratio =
        scores.size() < 2 ? " – |" : String.format(Locale.ROOT, " %.2f× |", ratio(scores));
    return row.append(ratio).toString();
  }

  private static String cell(Score score, double best) {
    String format =
        score.imagesPerSecond() == best ? " **%,.0f** ± %.0f %%%s |" : " %,.0f ± %.0f %%%s |";
    return String.format(
        Locale.ROOT,
        format,
        score.imagesPerSecond(),
        100 * score.spread(),
        score.quiet() ? "" : " *");
  }

  private static String note(Workload workload, Score score) {
    String learned = score.learned() ? "" : " — DOES NOT LEARN";
    String noise =
        score.quiet()
            ? ""
            : String.format(
                Locale.ROOT,
                " (*: others used over %.0f %% of a processor in %d of %d windows)",
                100 * ProcessorTime.QUIET,
                score.disturbed(),
                score.windows());
    return String.format(
        Locale.ROOT,
        "- %s %s: loss %.4f → %.4f%s%s",
        workload.id(),
        score.contender(),
        score.firstLoss(),
        score.lastLoss(),
        learned,
        noise);
  }

  /** Whether every contender was seen to learn. */
  boolean allLearned() {
    return results.values().stream().flatMap(List::stream).allMatch(Score::learned);
  }

  List<Map<String, Object>> toJson() {
    List<Map<String, Object>> json = new ArrayList<>();
    results.forEach((workload, scores) -> {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("workload", workload.id());
      entry.put("network", workload.network().title());
      entry.put("batchSize", workload.recipe().batchSize());
      entry.put("scores", scores);
      entry.put("ratio", ratio(scores));
      json.add(entry);
    });
    return json;
  }
}
