package dev.vitrine.report;

import static dev.vitrine.report.Html.element;

import dev.vitrine.metrics.ClassScores;
import dev.vitrine.metrics.ConfusedPair;
import dev.vitrine.metrics.ConfusionMatrix;
import dev.vitrine.report.Html.Element;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** A confusion matrix as a table: rows are what examples are, columns what they were read as. */
public final class ConfusionTable {
  /** A wider table fits no page; the pairs alone tell then. */
  public static final int MOST_CLASSES = 32;

  /** If a name is longer than this, the columns' heads stand upright. */
  private static final int LONGEST_LEVEL = 5;

  /** From this recall on a cell is dark and its text light; between the two neither reads well. */
  private static final double MOSTLY = 0.6;

  private final ConfusionMatrix matrix;
  private final List<String> names;
  private final List<ConfusedPair> pairs;
  private final boolean upright;

  private ConfusionTable(ConfusionMatrix matrix, List<String> names) {
    this.matrix = matrix;
    this.names = names;
    pairs = matrix.confusedPairs();
    upright = names.stream().anyMatch(name -> name.length() > LONGEST_LEVEL);
  }

  /**
   * {@return the table, in a box of its own that scrolls}
   *
   * @param matrix what was read as what
   * @param names of its classes, by index
   */
  public static Element of(ConfusionMatrix matrix, List<String> names) {
    Element table = new ConfusionTable(matrix, names).table();
    return Page.scrolling("Confusion matrix", table);
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

  /** Nothing of nothing is a dash here, as no reader expects a number there. */
  static String ratio(long part, long whole) {
    return whole == 0 ? "–" : Numbers.percentDigits((double) part / whole, 2);
  }
}
