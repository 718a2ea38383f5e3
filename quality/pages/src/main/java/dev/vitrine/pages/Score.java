package dev.vitrine.pages;

import java.util.ArrayList;
import java.util.List;

/**
 * How well pages were read.
 *
 * @param pages how many
 * @param digits how many digits stand on them
 * @param errors how many digits must be put in, taken out or changed to come from what was read to
 *     what stands there; a line's end counts as a digit
 * @param exact pages of which every line was read rightly
 * @param found pages whose boxes are those of the digits, one for one
 */
record Score(int pages, int digits, int errors, int exact, int found) {
  /** Boxes are the same if they share at least this much of what they cover together. */
  private static final double SAME = 0.5;

  static final Score NONE = new Score(0, 0, 0, 0, 0);

  static Score of(Page page, Reader.Reading reading) {
    String truth = page.text();
    return new Score(
        1,
        page.count(),
        distance(truth, reading.text()),
        truth.equals(reading.text()) ? 1 : 0,
        sameBoxes(page, reading.boxes()) ? 1 : 0);
  }

  Score plus(Score other) {
    return new Score(
        pages + other.pages,
        digits + other.digits,
        errors + other.errors,
        exact + other.exact,
        found + other.found);
  }

  /** The share of digits read rightly; 0 if there are more errors than digits. */
  double accuracy() {
    return Math.max(0, 1 - (double) errors / Math.max(1, digits));
  }

  double exactShare() {
    return (double) exact / Math.max(1, pages);
  }

  double foundShare() {
    return (double) found / Math.max(1, pages);
  }

  /** Levenshtein's distance. */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }

  private static boolean sameBoxes(Page page, List<int[]> boxes) {
    List<int[]> left = new ArrayList<>(boxes);
    for (Page.Line line : page.lines()) {
      for (Page.Digit digit : line.digits()) {
        int[] own = {digit.left(), digit.top(), digit.right(), digit.bottom()};
        if (!left.removeIf(box -> shared(own, box) >= SAME)) {
          return false;
        }
      }
    }
    return left.isEmpty() && boxes.size() == page.count();
  }

  private static double shared(int[] a, int[] b) {
    double w = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
    double h = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
    double both = Math.max(0, w) * Math.max(0, h);
    return both / (area(a) + area(b) - both);
  }

  private static double area(int[] box) {
    return (double) (box[2] - box[0]) * (box[3] - box[1]);
  }
}
