package dev.vitrine.pages;

import dev.vitrine.image.Png;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Pages of every fault at every strength, read and scored. */
final class Measurement {
  private static final int MIXED = 3;

  private final PageMaker maker;
  private final Reader reader;
  private final int pages;
  private final Optional<Path> failures;

  /**
   * A measurement.
   *
   * @param pages to a fault and strength
   * @param failures where pages that were misread are kept
   */
  Measurement(PageMaker maker, Reader reader, int pages, Optional<Path> failures) {
    this.maker = maker;
    this.reader = reader;
    this.pages = pages;
    this.failures = failures;
  }

  /** Pages with these faults, the first of them with a number that no other set has. */
  Score of(String name, int first, Map<Fault, Double> faults) {
    Score score = Score.NONE;
    for (int i = 0; i < pages; i++) {
      score = score.plus(one(name, first + i, faults));
    }
    return score;
  }

  private Score one(String name, int number, Map<Fault, Double> faults) {
    Page page = maker.make(number, faults);
    Reader.Reading reading = reader.read(page.picture());
    Score score = Score.of(page, reading);
    if (score.exact() == 0 && failures.isPresent()) {
      String file = "%s-%s".formatted(name.replace(' ', '-'), number);
      Png.write(failures.get().resolve(file + ".png"), page.picture());
      System.err.println("%s: %s read as %s".formatted(file, page.text(), reading.text()));
    }
    return score;
  }

  /** Some faults at once: which ones depends on the page. */
  Score mixed(int first, double strength) {
    Score score = Score.NONE;
    Fault[] all = Fault.values();
    for (int i = 0; i < pages; i++) {
      Map<Fault, Double> faults = new EnumMap<>(Fault.class);
      for (int k = 0; faults.size() < MIXED; k++) {
        faults.put(all[Math.floorMod((first + i) * 7 + k * (3 + i), all.length)], strength);
      }
      score = score.plus(one("mixed " + strength, first + i, faults));
    }
    return score;
  }

  /** All faults at these strengths, clean pages first. */
  Map<String, List<Score>> all(List<Fault> faults, List<Double> strengths) {
    Map<String, List<Score>> scores = new LinkedHashMap<>();
    scores.put("clean", List.of(of("clean", 0, Map.of())));
    for (Fault fault : faults) {
      int first = (List.of(Fault.values()).indexOf(fault) + 1) * 1000;
      scores.put(
          fault.label(),
          strengths.stream()
              .map(strength -> of(fault.label() + " " + strength, first, Map.of(fault, strength)))
              .toList());
    }
    if (faults.size() == Fault.values().length) {
      scores.put(
          "three at once", strengths.stream().map(strength -> mixed(90_000, strength)).toList());
    }
    return scores;
  }

  /** Scores as a table in Markdown: digits right, pages whose digits were all found and no more. */
  static String table(Map<String, List<Score>> scores, List<Double> strengths) {
    StringBuilder text = new StringBuilder("| |");
    strengths.forEach(strength -> text.append(" digits, ").append(strength).append(" |"));
    strengths.forEach(strength -> text.append(" pages found, ").append(strength).append(" |"));
    text.append("\n|---|").append("---:|".repeat(2 * strengths.size())).append('\n');
    scores.forEach((name, row) -> {
      text.append("| ").append(name).append(" |");
      for (int i = 0; i < strengths.size(); i++) {
        text.append(percent(row.get(Math.min(i, row.size() - 1)).accuracy()));
      }
      for (int i = 0; i < strengths.size(); i++) {
        text.append(percent(row.get(Math.min(i, row.size() - 1)).foundShare()));
      }
      text.append('\n');
    });
    return text.toString();
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, " %.1f %% |", 100 * share);
  }
}
