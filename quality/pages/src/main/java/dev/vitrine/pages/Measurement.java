package dev.vitrine.pages;

import dev.vitrine.image.Png;
import dev.vitrine.random.Seed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

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
  private Score mixed(int first, double strength) {
    Score score = Score.NONE;
    Fault[] all = Fault.values();
    for (int i = 0; i < pages; i++) {
      Dice dice = new Dice(Seed.of(first), "mixed", i);
      Map<Fault, Double> faults = new EnumMap<>(Fault.class);
      while (faults.size() < MIXED) {
        faults.put(all[dice.below(all.length)], strength);
      }
      score = score.plus(one("mixed " + strength, first + i, faults));
    }
    return score;
  }

  /**
   * Measures these faults at these strengths, clean pages first, and writes a table in Markdown,
   * each row when it is known: digits right, pages read without an error, pages whose digits were
   * all found and no more.
   */
  void table(List<Fault> faults, List<Double> strengths, Consumer<String> lines) {
    StringBuilder heading = new StringBuilder("| fault |");
    for (String what : List.of("digits", "exact", "found")) {
      strengths.forEach(
          strength -> heading.append(' ').append(what).append(' ').append(strength).append(" |"));
    }
    lines.accept(heading.toString());
    lines.accept("|---|" + "---:|".repeat(3 * strengths.size()));
    Score clean = of("clean", 0, Map.of());
    lines.accept(row("none", Collections.nCopies(strengths.size(), clean)));
    List<Score> sums = new ArrayList<>(Collections.nCopies(strengths.size(), Score.NONE));
    for (Fault fault : faults) {
      int first = (fault.ordinal() + 1) * 1000;
      List<Score> row =
          strengths.stream()
              .map(strength -> of(fault.label() + " " + strength, first, Map.of(fault, strength)))
              .toList();
      lines.accept(row(fault.label(), row));
      for (int i = 0; i < row.size(); i++) {
        sums.set(i, sums.get(i).plus(row.get(i)));
      }
    }
    lines.accept(row("all of these", sums));
    if (faults.size() == Fault.values().length) {
      lines.accept(
          row(
              "three at once",
              strengths.stream().map(strength -> mixed(90_000, strength)).toList()));
    }
  }

  private static String row(String name, List<Score> scores) {
    StringBuilder text = new StringBuilder("| ").append(name).append(" |");
    scores.forEach(score -> text.append(percent(score.accuracy())));
    scores.forEach(score -> text.append(percent(score.exactShare())));
    scores.forEach(score -> text.append(percent(score.foundShare())));
    return text.toString();
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, " %.1f %% |", 100 * share);
  }
}
