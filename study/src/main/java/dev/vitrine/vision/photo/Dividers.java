package dev.vitrine.vision.photo;

import java.util.ArrayList;
import java.util.List;

/**
 * The short lines of a drawn table, which are no longer than its cells are high: what remains
 * between two rules, is thin and straight, and touches both. There are two at least, as long as
 * each other, and one of them stands at an end of a rule, as a table's frame does; so a stroke that
 * reaches from rule to rule of ruled paper stays.
 */
final class Dividers {
  /** Of their thickness: how long they are at least. */
  private static final int THIN = 8;

  /** Of their length: how far they may lean. */
  private static final double LEAN = 0.3;

  /** Of their rows: where they are wider, as ink of a rule is left that they meet. */
  private static final double WIDE = 0.15;

  private static final double SIMILAR = 0.8;

  /**
   * Pixels between a divider and the rule that it touches: where they met, ink was left or taken.
   */
  private static final int TOUCHING = 3;

  private final boolean[] set;
  private final boolean[] rules;
  private final int width;
  private final int height;
  private final double thickest;
  private final Labels labels;

  private Dividers(boolean[] set, boolean[] rules, int width, int height, double thickest) {
    this.set = set;
    this.rules = rules;
    this.width = width;
    this.height = height;
    this.thickest = thickest;
    labels = Labels.of(set, width, height);
  }

  /** A component: the rows from {@code top} to {@code bottom}, and where it is in both. */
  private static final class Line {
    private final int label;
    private final int top;
    private int bottom;
    private int area;
    private double first;
    private double last;
    private int wide;

    Line(int label, int top) {
      this.label = label;
      this.top = top;
    }

    int length() {
      return bottom - top + 1;
    }

    double slope() {
      return (last - first) / length();
    }

    double thickness() {
      return (double) area / length();
    }

    Rules.Rule rule(boolean upright) {
      return new Rules.Rule(upright, top, bottom + 1, slope(), thickness());
    }

    boolean isLike(Line other) {
      int shorter = Math.min(length(), other.length());
      return shorter >= SIMILAR * Math.max(length(), other.length())
          && Math.abs(slope() - other.slope()) < 0.1;
    }
  }

  /**
   * Takes dividers from top to bottom away.
   *
   * @param set the ink without rules; what is found is taken out
   * @param rules the pixels of the rules from side to side
   * @param between those rules
   * @param upright what the lines found are called
   * @param into where they are added
   */
  static void take(
      boolean[] set,
      boolean[] rules,
      int width,
      int height,
      double thickest,
      List<Rules.Rule> between,
      boolean upright,
      List<Rules.Rule> into) {
    if (between.size() < 2) {
      return;
    }
    Dividers dividers = new Dividers(set, rules, width, height, thickest);
    List<Line> lines = dividers.lines();
    boolean[] gone = new boolean[dividers.labels.count()];
    for (Line line : lines) {
      boolean framed =
          lines.stream().filter(line::isLike).anyMatch(other -> dividers.atAnEnd(other, between));
      if (framed && lines.stream().filter(line::isLike).count() > 1) {
        gone[line.label] = true;
        into.add(line.rule(upright));
      }
    }
    for (int i = 0; i < set.length; i++) {
      if (set[i] && gone[dividers.labels.at(i)]) {
        set[i] = false;
      }
    }
  }

  /** Components that are thin and straight and touch rules above and below. */
  private List<Line> lines() {
    Line[] all = new Line[labels.count()];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int label = labels.at(y * width + x);
        if (label >= 0) {
          if (all[label] == null) {
            all[label] = new Line(label, y);
          }
          x = row(all[label], x, y);
        }
      }
    }
    List<Line> lines = new ArrayList<>();
    for (Line line : all) {
      if (line.wide <= WIDE * line.length()
          && line.length() >= THIN * line.thickness()
          && Math.abs(line.slope()) <= LEAN
          && touches(line.first, line.top, line.thickness())
          && touches(line.last, line.bottom, line.thickness())
          && isStraight(line)) {
        lines.add(line);
      }
    }
    return lines;
  }

  /** Adds a run to its line; its last column. */
  private int row(Line line, int from, int y) {
    int to = from;
    while (to < width && set[y * width + to]) {
      to++;
    }
    double middle = (from + to - 1) / 2.0;
    line.wide += to - from > thickest || (line.area > 0 && y == line.bottom) ? 1 : 0;
    line.area += to - from;
    line.bottom = y;
    line.first = y == line.top ? middle : line.first;
    line.last = middle;
    return to - 1;
  }

  /** Whether a rule is around an end, which may go on through it. */
  private boolean touches(double x, int y, double thickness) {
    int around = (int) Math.ceil(thickness) + TOUCHING;
    for (int row = Math.max(0, y - around); row <= Math.min(height - 1, y + around); row++) {
      int from = Math.max(0, (int) x - around);
      int to = Math.min(width - 1, (int) x + around);
      for (int column = from; column <= to; column++) {
        if (rules[row * width + column]) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether its runs lie around the way from its first to its last. */
  private boolean isStraight(Line line) {
    double within = Math.max(2, line.thickness());
    for (int y = line.top; y <= line.bottom; y++) {
      double at = line.first + line.slope() * (y - line.top);
      boolean near = false;
      for (int x = (int) (at - within); x <= at + within; x++) {
        near |= x >= 0 && x < width && labels.at(y * width + x) == line.label;
      }
      if (!near) {
        return false;
      }
    }
    return true;
  }

  private boolean atAnEnd(Line line, List<Rules.Rule> between) {
    double near = Math.max(3 * line.thickness(), width / 100.0);
    double middle = (line.first + line.last) / 2;
    double lean = Math.abs(line.last - line.first) / 2;
    return between.stream()
        .anyMatch(rule ->
            Math.abs(middle - rule.from()) <= near + lean
                || Math.abs(middle - rule.to()) <= near + lean);
  }
}
