package dev.vitrine.report;

import static dev.vitrine.report.Html.element;

import dev.vitrine.metrics.ClassScores;
import dev.vitrine.metrics.ConfusedPair;
import dev.vitrine.metrics.ConfusionMatrix;
import dev.vitrine.report.Html.Element;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The section with the confusion matrix, the most confused pairs and the figures by class. */
final class ConfusionSection {
  /** A wider table fits no page; the pairs alone tell then. */
  private static final int MOST_CLASSES = 32;

  private static final int SENTENCES = 8;

  /** From so many classes on, the weakest are shown and all are unfolded on demand. */
  private static final int MANY_CLASSES = 32;

  private static final int WEAKEST = 10;

  /** If a name is longer than this, the columns' heads stand upright. */
  private static final int LONGEST_LEVEL = 5;

  /** From this recall on a cell is dark and its text light; between the two neither reads well. */
  private static final double MOSTLY = 0.6;

  private final ConfusionMatrix matrix;
  private final List<String> names;
  private final List<ConfusedPair> pairs;
  private final boolean upright;

  private ConfusionSection(RunReport report) {
    matrix = report.evaluation().confusion();
    names = report.classNames();
    pairs = matrix.confusedPairs();
    upright = names.stream().anyMatch(name -> name.length() > LONGEST_LEVEL);
  }

  static Element section(RunReport report) {
    var self = new ConfusionSection(report);
    var section = element("section", element("h2", "What it confuses"));
    var body = element("div", self.sentences());
    if (self.matrix.classes() <= MOST_CLASSES) {
      String note = "Rows are what an image is, columns what it was read as.";
      body =
          body.add(
              element("p", note).with("class", "note"),
              Page.scrolling("Confusion matrix", self.table()));
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

  private Element table() {
    var head = element("tr", element("td", "actual ↓ · read as →").with("class", "corner"));
    head = head.addAll(IntStream.range(0, names.size()).mapToObj(this::columnHead).toList());
    head = head.add(element("th", "recall, %").with("scope", "col").with("class", "margin"));
    var body = element("tbody");
    for (int actual = 0; actual < names.size(); actual++) {
      body = body.add(row(actual));
    }
    return element("table")
        .with("class", "confusion")
        .with("aria-label", "Confusion matrix")
        .add(element("thead", head), body, element("tfoot", precisions()));
  }

  private Element columnHead(int index) {
    String name = names.get(index);
    Element head = element("th", element("span", name)).with("scope", "col");
    return upright ? head.with("class", "upright").with("title", name) : head;
  }

  private Element row(int actual) {
    ClassScores scores = matrix.scores(actual);
    int row = actual;
    return element("tr", element("th", names.get(actual)).with("scope", "row"))
        .addAll(IntStream.range(0, names.size()).mapToObj(c -> cell(row, c)).toList())
        .add(margin(scores.correct(), scores.support()));
  }

  /**
   * Right cells are shaded by their share of the row; wrong ones by their ratio to the most
   * frequent of them, under a root, so that a single mistake still shows.
   */
  private Element cell(int actual, int predicted) {
    long count = matrix.count(actual, predicted);
    if (actual == predicted) {
      double recall = matrix.scores(actual).recall();
      return shaded(count, recall > MOSTLY ? "right mostly" : "right", recall);
    }
    if (count == 0) {
      return element("td", "·").with("class", "none");
    }
    double worst = pairs.getFirst().count();
    return shaded(count, "wrong", Math.sqrt(count / worst))
        .with("title", new ConfusedPair(actual, predicted, count).sentence(names));
  }

  private static Element shaded(long count, String kind, double strength) {
    return element("td", Numbers.count(count))
        .with("class", kind)
        .with("style", String.format(Locale.ROOT, "--v:%.2f", strength));
  }

  private Element precisions() {
    var row = element("tr", element("th", "precision, %").with("scope", "row"));
    for (ClassScores scores : matrix.scores()) {
      row = row.add(margin(scores.correct(), scores.predicted()));
    }
    return row.add(margin(matrix.correct(), matrix.total()));
  }

  private static Element margin(long part, long whole) {
    return element("td", ratio(part, whole)).with("class", "margin");
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

  /** Nothing of nothing is a dash here, as no reader expects a number there. */
  private static String ratio(long part, long whole) {
    return whole == 0 ? "–" : Numbers.percentDigits((double) part / whole, 2);
  }
}
