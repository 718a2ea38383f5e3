package dev.vitrine.vision.photo;

import dev.vitrine.vision.photo.Rules.Rule;
import java.util.Arrays;
import java.util.List;

/**
 * A line of votes followed through the columns of a mask.
 *
 * @param rule what it is if it is one
 * @param runs the run that it goes through in each column; −1 for none
 * @param blank columns of its length without it, as a share; 1 if it is mostly not thin
 * @param contrast how dark it is where it is thin: the median
 */
record Traced(Rule rule, int[] runs, double blank, float contrast) {
  /** Of a picture's width: how long a rule is at least, and one that goes across. */
  static final double LEAST = 0.22;

  /** Of a rule's length: columns in which there is nothing of it. */
  static final double BLANK = 0.2;

  private static final double ACROSS = 0.7;
  private static final double SIMILAR = 0.8;
  private static final double PARALLEL = 0.06;

  /** A gap of more than so many parts of the width ends it. */
  private static final int GAP = 25;

  /** Of the ink's contrast: what is clearly fainter. */
  private static final double FAINTER = 0.6;

  /** Of its own contrast, and beyond: what is darker is a stroke that lies on it. */
  private static final double DARKER = 1.7;

  private static final float DARKER_BY = 0.05f;

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
        && Math.abs(rule.slope() - other.slope()) < PARALLEL;
  }

  boolean isFainterThan(float ink) {
    return contrast > 0 && contrast < FAINTER * ink;
  }

  /** Whether it runs as another one does, so that it may be of the same paper. */
  boolean isParallelTo(Traced other) {
    return Math.abs(rule.slope() - other.rule.slope()) < PARALLEL;
  }

  /** What it is if it is of the same paper as another one: as thin, as faint, and all along. */
  Traced as(Traced other) {
    Rule same = new Rule(rule.upright(), 0, runs.length, rule.slope(), other.rule.thickness());
    return new Traced(same, runs, 1, other.contrast);
  }

  /** In how many columns it is seen, as thin and as faint as it is. */
  int columns(Runs all, Rules.Seen seen) {
    int columns = 0;
    for (int x = rule.from(); x < rule.to(); x++) {
      columns += isOwn(all, x, seen) && DARKER * darkest(all, runs[x], x, seen) > contrast ? 1 : 0;
    }
    return columns;
  }

  /** Whether what is followed in a column is thin, and not darker ink. */
  private boolean isOwn(Runs all, int x, Rules.Seen seen) {
    return runs[x] >= 0
        && all.length()[runs[x]] <= (int) Math.ceil(1.6 * rule.thickness() + 1)
        && darkest(all, runs[x], x, seen) <= DARKER * contrast + DARKER_BY;
  }

  void take(Runs all, Rules.Seen seen, boolean[] away) {
    int width = seen.width();
    int height = seen.height();
    boolean[] set = seen.set();
    for (int x = rule.from(); x < rule.to(); x++) {
      if (!isOwn(all, x, seen)) {
        continue;
      }
      int run = runs[x];
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

  private static float darkest(Runs all, int run, int column, Rules.Seen seen) {
    float most = 0;
    for (int y = all.top()[run]; y < all.top()[run] + all.length()[run]; y++) {
      most = Math.max(most, seen.contrast()[y * seen.width() + column]);
    }
    return most;
  }

  /**
   * {@return a line followed}
   *
   * @param runs of the mask
   * @param line where the votes are
   * @param mask what is looked at
   * @param thickest how thick a rule is at most
   * @param upright whether it runs from top to bottom in the picture
   */
  static Traced of(Runs runs, Votes.Line line, Rules.Seen mask, int thickest, boolean upright) {
    int width = mask.width();
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
    float[] contrasts = new float[thicknesses.length];
    for (int x = span[0]; x < span[1]; x++) {
      blank += seen[x] ? 0 : 1;
      if (lengths[x] > 0) {
        contrasts[thin] = darkest(runs, followed[x], x, mask);
        thicknesses[thin++] = lengths[x];
      }
    }
    Arrays.sort(thicknesses, 0, thin);
    Arrays.sort(contrasts, 0, thin);
    int thickness = thin == 0 ? thickest : thicknesses[thin / 2];
    // What is mostly crossed by thicker ink is no rule.
    boolean mostlyThin = 2 * thin >= span[1] - span[0];
    double share = mostlyThin ? (double) blank / Math.max(1, span[1] - span[0]) : 1;
    Rule rule = new Rule(upright, span[0], span[1], line.slope(), thickness);
    return new Traced(rule, followed, share, thin == 0 ? 0 : contrasts[thin / 2]);
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
