package dev.vitrine.vision.photo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Ruled lines, squares and tables, found and taken away. A rule is a long, thin, nearly straight
 * line that goes on from one side to the other, or has another beside it that is as long. Votes for
 * slopes and heights (Hough 1962) find where they lie; each is then followed column by column, so
 * it may bend. Only where it is as thin as itself is it taken away: strokes that cross it or lie on
 * it keep all their ink.
 *
 * @param mask the ink without them
 * @param lines what was taken away
 */
public record Rules(Mask mask, List<Rule> lines) {
  /** Of a picture's width: how long a rule is at least, and one that goes across. */
  private static final double LEAST = 0.22;

  private static final double ACROSS = 0.7;
  private static final double SIMILAR = 0.8;

  /** Of a rule's length: columns in which there is nothing of it. */
  private static final double BLANK = 0.2;

  /** A gap of more than so many parts of the width ends it. */
  private static final int GAP = 25;

  private static final int MOST = 120;

  /** Its own list. */
  public Rules {
    Objects.requireNonNull(mask, "mask");
    lines = List.copyOf(lines);
  }

  /**
   * A rule.
   *
   * @param upright whether it runs from top to bottom
   * @param from where it begins: a column, or a row if it is upright
   * @param to behind its end
   * @param slope by how many pixels it moves aside for each that it goes on
   * @param thickness in pixels
   */
  public record Rule(boolean upright, int from, int to, double slope, double thickness) {
    int length() {
      return to - from;
    }
  }

  /**
   * {@return the rules of a mask, and what remains}
   *
   * @param mask ink and rules
   */
  public static Rules of(Mask mask) {
    List<Rule> level = new ArrayList<>();
    List<Rule> upright = new ArrayList<>();
    int width = mask.width();
    int height = mask.height();
    boolean[] set = mask.set().clone();
    boolean[] across = found(set, width, height, mask.stroke(), false, level);
    boolean[] turned = transposed(set, width, height);
    boolean[] down = found(turned, height, width, mask.stroke(), true, upright);
    if (level.isEmpty() && upright.isEmpty()) {
      return new Rules(mask, List.of());
    }
    boolean[] downTurned = transposed(down, height, width);
    for (int i = 0; i < set.length; i++) {
      set[i] &= !across[i] && !downTurned[i];
    }
    List<Rule> lines = new ArrayList<>(level);
    lines.addAll(upright);
    double thickest = thickest(width, height, mask.stroke());
    Dividers.take(set, across, width, height, thickest, level, true, lines);
    turned = transposed(set, width, height);
    Dividers.take(turned, down, height, width, thickest, upright, false, lines);
    set = transposed(turned, height, width);
    Plane ink = new Plane(width, height, mask.ink().values().clone());
    for (int i = 0; i < set.length; i++) {
      if (mask.set()[i] && !set[i]) {
        ink.values()[i] = 0;
      }
    }
    float stroke = StrokeWidth.of(set, width, height);
    return new Rules(new Mask(width, height, set, ink, mask.contrast(), stroke), lines);
  }

  /** How thick a rule may be, in pixels. */
  private static double thickest(int width, int height, float stroke) {
    return Math.max(4, Math.max(1.5 * stroke, Math.max(width, height) / 200.0));
  }

  private static boolean[] transposed(boolean[] set, int width, int height) {
    boolean[] other = new boolean[set.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        other[x * height + y] = set[y * width + x];
      }
    }
    return other;
  }

  /** What is to be taken away of rules from left to right; what they are is added to a list. */
  private static boolean[] found(
      boolean[] set, int width, int height, float stroke, boolean upright, List<Rule> into) {
    boolean[] away = new boolean[set.length];
    int thickest = (int) thickest(width, height, stroke);
    Runs runs = Runs.of(set, width, height);
    Votes votes = Votes.of(runs, width, height, thickest);
    List<Traced> traced = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      Votes.Line line = votes.best();
      if (line.votes() < LEAST * votes.columns() * (1 - BLANK)) {
        break;
      }
      Traced trace = trace(runs, line, width, thickest, upright);
      votes.take(runs, trace.runs, line);
      traced.add(trace);
    }
    for (Traced each : traced) {
      if (each.isRule(traced, width)) {
        into.add(each.rule);
        each.take(runs, set, away, width, height);
      }
    }
    return away;
  }

  /** A line followed. */
  private record Traced(Rule rule, int[] runs, double blank) {
    boolean isRule(List<Traced> all, int width) {
      if (blank > BLANK || rule.length() < LEAST * width || rule.length() < 25 * rule.thickness()) {
        return false;
      }
      int beside =
          (int)
              all.stream()
                  .filter(other -> other != this && other.blank <= BLANK)
                  .filter(other -> isLike(other.rule))
                  .count();
      boolean across = rule.length() >= ACROSS * width;
      boolean reaches = rule.from() <= width / 25 && rule.to() >= width - width / 25;
      return (across && reaches) || beside >= 1;
    }

    private boolean isLike(Rule other) {
      int shorter = Math.min(rule.length(), other.length());
      int common = Math.min(rule.to(), other.to()) - Math.max(rule.from(), other.from());
      return shorter >= SIMILAR * Math.max(rule.length(), other.length())
          && common >= SIMILAR * shorter
          && Math.abs(rule.slope() - other.slope()) < 0.06;
    }

    void take(Runs all, boolean[] set, boolean[] away, int width, int height) {
      int thickest = (int) Math.ceil(1.6 * rule.thickness() + 1);
      for (int x = rule.from(); x < rule.to(); x++) {
        int run = runs[x];
        if (run < 0 || all.length()[run] > thickest) {
          continue;
        }
        int top = all.top()[run];
        int below = top + all.length()[run];
        int beside = (int) Math.ceil(rule.thickness());
        if (inked(set, width, height, x, top - 1, beside)
            && inked(set, width, height, x, below, beside)) {
          continue; // a stroke crosses it aslant
        }
        for (int y = top; y < below; y++) {
          away[y * width + x] = true;
        }
      }
    }

    private static boolean inked(boolean[] set, int width, int height, int x, int y, int beside) {
      for (int dx = -beside; dx <= beside; dx++) {
        int at = x + dx;
        if (y < 1 || y >= height - 1 || at < 0 || at >= width || !set[y * width + at]) {
          continue;
        }
        // The rule itself is here too, a row up or down: a stroke goes on further.
        if (set[(y - 1) * width + at] && set[(y + 1) * width + at]) {
          int up = y;
          while (up >= 0 && set[up * width + at]) {
            up--;
          }
          int down = y;
          while (down < height && set[down * width + at]) {
            down++;
          }
          if (down - up - 1 > 2 * beside + 2) {
            return true;
          }
        }
      }
      return false;
    }
  }

  private static Traced trace(
      Runs runs, Votes.Line line, int width, int thickest, boolean upright) {
    int[] followed = new int[width];
    int[] lengths = new int[width];
    boolean[] seen = new boolean[width];
    double aside = 0;
    double within = Math.max(2, thickest / 2.0);
    for (int x = 0; x < width; x++) {
      double row = line.at(x) + aside;
      int run = runs.nearest(x, row, within);
      if (run < 0 && aside != 0) {
        run = runs.nearest(x, line.at(x), within);
        if (run >= 0) { // a stroke led it away: back to where the votes were
          aside = 0;
          row = line.at(x);
          for (int back = x - 1;
              back >= 0 && isAway(runs, followed[back], line, back, within);
              back--) {
            followed[back] = -1;
            lengths[back] = 0;
          }
        }
      }
      followed[x] = run;
      seen[x] = run >= 0;
      if (run >= 0 && runs.length()[run] <= thickest) {
        aside += 0.15 * (runs.middle(run) - row);
        lengths[x] = runs.length()[run];
      }
    }
    int[] span = longest(seen, Math.max(6, width / GAP));
    int thin = 0;
    int blank = 0;
    int[] thicknesses = new int[Math.max(1, span[1] - span[0])];
    for (int x = span[0]; x < span[1]; x++) {
      blank += seen[x] ? 0 : 1;
      if (lengths[x] > 0) {
        thicknesses[thin++] = lengths[x];
      }
    }
    Arrays.sort(thicknesses, 0, thin);
    int thickness = thin == 0 ? thickest : thicknesses[thin / 2];
    // What is mostly crossed by thicker ink is no rule.
    boolean mostlyThin = 2 * thin >= span[1] - span[0];
    double share = mostlyThin ? (double) blank / Math.max(1, span[1] - span[0]) : 1;
    return new Traced(
        new Rule(upright, span[0], span[1], line.slope(), thickness), followed, share);
  }

  /** Whether what was followed is none, or not near where the votes were. */
  private static boolean isAway(Runs runs, int run, Votes.Line line, int x, double within) {
    return run < 0 || Math.abs(runs.middle(run) - line.at(x)) > within;
  }

  /** The longest stretch without a gap of so many columns. */
  private static int[] longest(boolean[] seen, int gap) {
    int[] best = {0, 0};
    int from = -1;
    int last = -1;
    for (int x = 0; x < seen.length; x++) {
      if (!seen[x]) {
        continue;
      }
      if (from < 0 || x - last > gap) {
        from = x;
      }
      last = x;
      if (last + 1 - from > best[1] - best[0]) {
        best = new int[] {from, last + 1};
      }
    }
    return best;
  }
}
