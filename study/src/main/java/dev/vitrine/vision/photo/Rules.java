package dev.vitrine.vision.photo;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Ruled lines, squares and tables, found and taken away. A rule is a long, thin, nearly straight
 * line that goes on from one side to the other, or has another beside it that is as long. Votes for
 * slopes and heights (Hough 1962) find where they lie; each is then followed column by column, so
 * it may bend. Where several are fainter than the ink, pieces of others like them are found too:
 * near digits squared paper shows in places only. Only where it is as thin and as faint as itself
 * is it taken away: strokes that cross it or lie on it keep all their ink.
 *
 * @param mask the ink without them
 * @param lines what was taken away
 */
public record Rules(Mask mask, List<Rule> lines) {
  /** Of a picture's columns: in how many of them a rule is seen at least. */
  private static final double LEAST = Traced.LEAST * (1 - Traced.BLANK);

  /** The same of one that is like others and fainter than the ink. */
  private static final double FEW = 0.12;

  private static final int MOST = 120;

  /** So many in a thousand of what stands out are darker than the ink is said to be. */
  private static final int DARKEST = 20;

  private static final int LEVELS = 250;

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
    float[] contrast = mask.contrast().values();
    float darkest = darkest(set, contrast);
    boolean[] across =
        found(new Seen(set, contrast, width, height), mask.stroke(), darkest, false, level);
    boolean[] turned = transposed(set, width, height);
    Seen aside = new Seen(turned, transposed(contrast, width, height), height, width);
    boolean[] down = found(aside, mask.stroke(), darkest, true, upright);
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

  private static float[] transposed(float[] values, int width, int height) {
    float[] other = new float[values.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        other[x * height + y] = values[y * width + x];
      }
    }
    return other;
  }

  /** The contrast of ink that is not blurred, if there are rules that are fainter. */
  private static float darkest(boolean[] set, float[] contrast) {
    int[] counts = new int[LEVELS + 1];
    int total = 0;
    for (int i = 0; i < set.length; i++) {
      if (set[i]) {
        counts[Math.round(LEVELS * Math.clamp(contrast[i], 0f, 1f))]++;
        total++;
      }
    }
    int level = LEVELS;
    for (int above = counts[LEVELS]; level > 0 && 1000L * above < (long) DARKEST * total; ) {
      above += counts[--level];
    }
    return (float) level / LEVELS;
  }

  /**
   * A mask in which rules run from left to right.
   *
   * @param set ink and rules
   * @param contrast how dark each pixel is
   */
  record Seen(boolean[] set, float[] contrast, int width, int height) {}

  /** What is to be taken away of rules from left to right; what they are is added to a list. */
  private static boolean[] found(
      Seen seen, float stroke, float ink, boolean upright, List<Rule> into) {
    int width = seen.width;
    boolean[] away = new boolean[seen.set.length];
    int thickest = (int) thickest(width, seen.height, stroke);
    Runs runs = Runs.of(seen.set, width, seen.height);
    Votes votes = Votes.of(runs, width, seen.height, thickest);
    List<Traced> traced = traced(seen, runs, votes, LEAST, thickest, upright);
    List<Traced> rules = traced.stream().filter(each -> each.isRule(traced, width)).toList();
    List<Traced> faint = rules.stream().filter(each -> each.isFainterThan(ink)).toList();
    for (Traced each : rules) {
      into.add(each.rule());
      each.take(runs, seen, away);
    }
    if (faint.size() > 1) {
      takeOthers(seen, away, thickest, faint, upright);
    }
    return away;
  }

  /** Takes away what is like faint rules in what remains, however little of it is seen. */
  private static void takeOthers(
      Seen seen, boolean[] away, int thickest, List<Traced> faint, boolean upright) {
    boolean[] rest = seen.set.clone();
    for (int i = 0; i < rest.length; i++) {
      rest[i] &= !away[i];
    }
    Seen remaining = new Seen(rest, seen.contrast, seen.width, seen.height);
    Runs runs = Runs.of(rest, seen.width, seen.height);
    Votes votes = Votes.of(runs, seen.width, seen.height, thickest);
    for (Traced each : traced(remaining, runs, votes, FEW, thickest, upright)) {
      for (Traced other : faint) {
        Traced same = each.as(other);
        if (each.isParallelTo(other) && same.columns(runs, remaining) >= FEW * seen.width) {
          same.take(runs, remaining, away);
          break;
        }
      }
    }
  }

  /** The lines of most votes, one after the other; their votes are taken back. */
  private static List<Traced> traced(
      Seen seen, Runs runs, Votes votes, double least, int thickest, boolean upright) {
    List<Traced> traced = new ArrayList<>();
    while (traced.size() < MOST) {
      Votes.Line line = votes.best();
      if (line.votes() < least * votes.columns()) {
        break;
      }
      Traced trace = Traced.of(runs, line, seen, thickest, upright);
      votes.take(runs, trace.runs(), line);
      traced.add(trace);
    }
    return traced;
  }
}
