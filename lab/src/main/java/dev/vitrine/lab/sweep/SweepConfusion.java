package dev.vitrine.lab.sweep;

import static dev.vitrine.report.Html.element;

import dev.vitrine.lab.journal.Confusion;
import dev.vitrine.lab.journal.Event;
import dev.vitrine.lab.journal.TrialRecord;
import dev.vitrine.lab.report.Block;
import dev.vitrine.lab.report.Grid;
import dev.vitrine.lab.report.Picture;
import dev.vitrine.lab.report.Report.Section;
import dev.vitrine.metrics.ConfusedPair;
import dev.vitrine.metrics.ConfusionMatrix;
import dev.vitrine.report.ConfusionTable;
import dev.vitrine.report.Html.Element;
import dev.vitrine.report.Numbers;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the chosen networks confused on the test data. */
final class SweepConfusion {
  /** Of more arms the best alone is drawn. */
  private static final int MOST_ARMS = 4;

  private static final int PAIRS = 3;
  private static final int WIDTH = 760;

  /** So many pictures of each of so many pairs. */
  private static final int PICTURED = 5;

  private static final int OF_A_PAIR = 3;

  private final Findings findings;
  private final List<Judged> judged = new ArrayList<>();

  SweepConfusion(Findings findings) {
    this.findings = findings;
    findings.arms().forEach(arm -> judged(arm).ifPresent(judged::add));
  }

  /** An arm with what its seeds confused, all together. */
  private record Judged(Arm arm, Map<String, Confusion> byTrial, ConfusionMatrix all) {
    List<String> names() {
      return byTrial.values().iterator().next().classes();
    }
  }

  private static Optional<Judged> judged(Arm arm) {
    Map<String, Confusion> byTrial = new LinkedHashMap<>();
    for (TrialRecord trial : arm.chosen().values()) {
      Optional.ofNullable(trial.tests().get(Optional.<Integer>empty()))
          .flatMap(Event.Tested::confusion)
          .ifPresent(confusion -> byTrial.put(trial.id(), confusion));
    }
    return byTrial.values().stream()
        .map(Confusion::matrix)
        .reduce(ConfusionMatrix::plus)
        .map(all -> new Judged(arm, byTrial, all));
  }

  /** The section; empty if there are no classes, or older journals do not tell. */
  Optional<Section> section() {
    if (judged.isEmpty()) {
      return Optional.empty();
    }
    List<Block> blocks = new ArrayList<>(List.of(pairs()));
    List<Judged> drawn = judged.size() <= MOST_ARMS ? judged : List.of(best());
    for (Judged each : drawn) {
      if (each.all.classes() <= ConfusionTable.MOST_CLASSES) {
        blocks.add(matrix(each));
      }
      pictures(each).ifPresent(blocks::add);
    }
    return Optional.of(new Section("What was confused", blocks));
  }

  private Judged best() {
    return judged.stream()
        .min(Comparator.comparingDouble(each -> findings.cost(each.arm)))
        .orElseThrow();
  }

  private Grid pairs() {
    Grid grid =
        Grid.of(
            "confused",
            "The test examples that were misread, and the classes that were confused most often: all seeds of an arm together.",
            "arm",
            "misread",
            "of",
            "most often",
            "n");
    for (Judged each : judged) {
      List<String> often =
          each.all.confusedPairs().stream()
              .limit(PAIRS)
              .map(pair -> pair.sentence(each.names()))
              .toList();
      grid =
          grid.row(
              each.arm.name(),
              Numbers.count(each.all.total() - each.all.correct()),
              Numbers.count(each.all.total()),
              often.isEmpty() ? "nothing" : String.join("; ", often),
              Integer.toString(each.byTrial.size()));
    }
    return grid;
  }

  private Picture matrix(Judged each) {
    int n = each.byTrial.size();
    return new Picture(
        "confusion-" + SweepNetworks.slug(each.arm.name()),
        "%s: what the test data have (rows), read as what (columns)%s."
            .formatted(each.arm.name(), n == 1 ? "" : ", " + n + " seeds together"),
        ConfusionTable.of(each.all, each.names()),
        WIDTH,
        counts(each));
  }

  private static List<List<String>> counts(Judged each) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(Stream.concat(Stream.of("actual"), each.names().stream()).toList());
    for (int actual = 0; actual < each.all.classes(); actual++) {
      List<String> line = new ArrayList<>(List.of(each.names().get(actual)));
      for (int read = 0; read < each.all.classes(); read++) {
        line.add(Long.toString(each.all.count(actual, read)));
      }
      lines.add(line);
    }
    return lines;
  }

  /** Of the pairs that were confused most often those examples that were misread worst. */
  private Optional<Picture> pictures(Judged each) {
    Element gallery = element("div").with("class", "gallery");
    int many = 0;
    for (ConfusedPair pair : each.all.confusedPairs().stream().limit(PICTURED).toList()) {
      for (Element card : cards(each, pair)) {
        gallery = gallery.add(card);
        many++;
      }
    }
    return many == 0
        ? Optional.empty()
        : Optional.of(
            new Picture(
                "misread-" + SweepNetworks.slug(each.arm.name()),
                "%s: test images of the pairs that it confused most often, those with the largest loss."
                    .formatted(each.arm.name()),
                gallery,
                WIDTH));
  }

  /** An example that several seeds misread is shown once. */
  private List<Element> cards(Judged each, ConfusedPair pair) {
    Map<Integer, Element> cards = new LinkedHashMap<>();
    each.byTrial.forEach((trial, confusion) -> {
      for (Confusion.Cell cell : confusion.misread()) {
        if (cell.actual() == pair.actual() && cell.predicted() == pair.predicted()) {
          findings
              .pictures()
              .apply(trial, cell.worst())
              .ifPresent(
                  png -> cards.putIfAbsent(cell.worst(), card(png, cell, confusion.classes())));
        }
      }
    });
    return cards.values().stream().limit(OF_A_PAIR).toList();
  }

  private static Element card(byte[] png, Confusion.Cell cell, List<String> names) {
    String actual = names.get(cell.actual());
    String read = names.get(cell.predicted());
    Element image =
        element("img")
            .with("src", "data:image/png;base64," + Base64.getEncoder().encodeToString(png))
            .with("alt", "Test image %s: %s, read as %s".formatted(cell.worst(), actual, read));
    Element words =
        element(
                "div",
                element("strong", actual + " → " + read),
                element("span", "#" + cell.worst()))
            .with("class", "actual");
    return element("figure", image, element("figcaption", words)).with("class", "card");
  }
}
