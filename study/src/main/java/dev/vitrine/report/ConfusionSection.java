package dev.vitrine.report;

import static dev.vitrine.report.Html.element;

import dev.vitrine.metrics.ClassScores;
import dev.vitrine.metrics.ConfusedPair;
import dev.vitrine.metrics.ConfusionMatrix;
import dev.vitrine.report.Html.Element;
import java.util.Comparator;
import java.util.List;

/** The section with the confusion matrix, the most confused pairs and the figures by class. */
final class ConfusionSection {
  private static final int SENTENCES = 8;

  /** From so many classes on, the weakest are shown and all are unfolded on demand. */
  private static final int MANY_CLASSES = 32;

  private static final int WEAKEST = 10;

  private final ConfusionMatrix matrix;
  private final List<String> names;
  private final List<ConfusedPair> pairs;

  private ConfusionSection(RunReport report) {
    matrix = report.evaluation().confusion();
    names = report.classNames();
    pairs = matrix.confusedPairs();
  }

  static Element section(RunReport report) {
    var self = new ConfusionSection(report);
    var section = element("section", element("h2", "What it confuses"));
    var body = element("div", self.sentences());
    if (self.matrix.classes() <= ConfusionTable.MOST_CLASSES) {
      String note = "Rows are what an image is, columns what it was read as.";
      body =
          body.add(
              element("p", note).with("class", "note"), ConfusionTable.of(self.matrix, self.names));
    }
    return section.add(body.addAll(self.byClass()));
  }

  private Html sentences() {
    if (pairs.isEmpty()) {
      return element("p", "Nothing: every image was read as what it is.");
    }
    var list = element("ol").with("class", "pairs");
    for (ConfusedPair pair : pairs.stream().limit(SENTENCES).toList()) {
      list = list.add(element("li", pair.sentence(names)));
    }
    return list;
  }

  private List<Element> byClass() {
    List<ClassScores> all = matrix.scores();
    if (all.size() <= MANY_CLASSES) {
      return List.of(Page.scrolling("Class by class", classes(all)));
    }
    List<ClassScores> weakest =
        all.stream()
            .sorted(
                Comparator.comparingDouble(ClassScores::f1).thenComparingInt(ClassScores::index))
            .limit(WEAKEST)
            .toList();
    return List.of(
        element("p", "The %s classes with the lowest F1:".formatted(WEAKEST)).with("class", "note"),
        Page.scrolling("The weakest classes", classes(weakest)),
        element(
            "details",
            element("summary", "All %s classes".formatted(all.size())),
            Page.scrolling("Class by class", classes(all))));
  }

  private Element classes(List<ClassScores> shown) {
    var head = element("tr", element("th", "class").with("scope", "col").with("class", "left"));
    for (String title : List.of("precision, %", "recall, %", "F1, %", "support")) {
      head = head.add(element("th", title).with("scope", "col"));
    }
    var body = element("tbody");
    for (ClassScores scores : shown) {
      body =
          body.add(
              element(
                  "tr",
                  element("th", names.get(scores.index())).with("scope", "row"),
                  element("td", ratio(scores.correct(), scores.predicted())),
                  element("td", ratio(scores.correct(), scores.support())),
                  element("td", ratio(2 * scores.correct(), scores.support() + scores.predicted())),
                  element("td", Numbers.count(scores.support()))));
    }
    return element("table")
        .with("class", "figures narrow")
        .add(element("thead", head), body, element("tfoot", averages()));
  }

  private Element averages() {
    return element(
        "tr",
        element("th", "mean").with("scope", "row"),
        element("td", Numbers.percentDigits(matrix.macroPrecision(), 2)),
        element("td", Numbers.percentDigits(matrix.macroRecall(), 2)),
        element("td", Numbers.percentDigits(matrix.macroF1(), 2)),
        element("td", Numbers.count(matrix.total())));
  }

  private static String ratio(long part, long whole) {
    return ConfusionTable.ratio(part, whole);
  }
}
