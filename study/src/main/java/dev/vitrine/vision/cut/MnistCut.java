package dev.vitrine.vision.cut;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A digit as MNIST has them (LeCun et al. 1998, section III.A): light on dark, its longer side 20
 * of the 28 points with its proportions kept, greys by averaging over areas, its centre of mass in
 * the middle. Strokes that are thinner or thicker than MNIST's are brought to its range first, by
 * moving their edges: a fine pen on a large sheet would else be a grey shade.
 */
public final class MnistCut {
  /** Points a side. */
  public static final int SIDE = 28;

  /** Points of a digit's longer side. */
  static final int BOX = 20;

  /**
   * What eight in ten of MNIST's digits lie between, nearly: stroke widths in points of the box.
   */
  static final double THINNEST = 1.9;

  static final double THICKEST = 3.0;

  /** The working picture's longer side: what is smaller is interpolated, larger ones reduced. */
  private static final int LEAST_WORK = 96;

  private static final int MOST_WORK = 480;
  private static final float HALF = 0.5f;

  /** Of the longer side's square: what a crayon leaves white within a stroke, at most. */
  private static final double HOLE = 0.0012;

  /** How many columns a digit leans for each row in its other looks. */
  private static final double LEAN = 0.2;

  private MnistCut() {}

  /** What is done beside reducing a digit to the box; left out, it shows what it is good for. */
  public enum Step {
    /** Strokes are brought to the width of MNIST's. */
    STROKES,
    /** The centre of mass comes into the middle, in place of the box's. */
    CENTRE
  }

  /**
   * {@return the digit as a network sees it: 28 · 28 values row by row, 0 (ground) … 1 (ink); all 0
   * if there is no ink of ½ or more}
   *
   * @param ink the digit alone, of any size
   */
  public static float[] of(Ink ink) {
    return of(ink, EnumSet.allOf(Step.class));
  }

  /**
   * {@return the digit as {@link #of(Ink)} gives it, but for the steps that are left out}
   *
   * @param ink the digit alone, of any size
   * @param steps what is done
   */
  public static float[] of(Ink ink, Set<Step> steps) {
    Objects.requireNonNull(ink, "ink");
    Objects.requireNonNull(steps, "steps");
    Bounds found = Bounds.of(ink);
    if (found.isEmpty()) {
      return new float[SIDE * SIDE];
    }
    Work work = Work.of(ink, found, 0);
    float[] covered =
        steps.contains(Step.STROKES) ? work.withStrokes(THINNEST, THICKEST) : work.asItIs();
    return placed(covered, work.width, work.height, steps.contains(Step.CENTRE));
  }

  /**
   * {@return the same digit as it might have been written too, 28 · 28 values each: as it is, with
   * the finest and the boldest strokes, and leaning to the left and to the right} What a network
   * says of all of them is less a matter of chance than what it says of one.
   *
   * @param ink the digit alone, of any size
   */
  public static List<float[]> looks(Ink ink) {
    Objects.requireNonNull(ink, "ink");
    double middle = (THINNEST + THICKEST) / 2;
    return List.of(
        look(ink, 0, THINNEST, THICKEST),
        look(ink, 0, THINNEST, THINNEST),
        look(ink, 0, THICKEST, THICKEST),
        look(ink, -LEAN, THINNEST, middle),
        look(ink, LEAN, THINNEST, middle));
  }

  private static float[] look(Ink ink, double lean, double thinnest, double thickest) {
    Bounds found = Bounds.of(ink);
    if (found.isEmpty()) {
      return new float[SIDE * SIDE];
    }
    Work work = Work.of(ink, found, lean);
    float[] covered = work.withStrokes(thinnest, thickest);
    return placed(covered, work.width, work.height, true);
  }

  /**
   * Brings a picture of any size to the box, and its centre of mass, or the box's, to the middle.
   */
  private static float[] placed(float[] covered, int width, int height, boolean byMass) {
    Ink whole = new Ink(width, height, covered);
    Bounds box = Bounds.of(whole);
    if (box.isEmpty()) {
      return new float[SIDE * SIDE];
    }
    double mass = 0;
    double sumX = 0;
    double sumY = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        float value = covered[y * width + x];
        mass += value;
        sumX += value * (x + HALF);
        sumY += value * (y + HALF);
      }
    }
    double step = (double) box.longer() / BOX;
    double half = SIDE / 2.0 * step;
    double middleX = byMass ? sumX / mass : (box.left() + box.right()) / 2.0;
    double middleY = byMass ? sumY / mass : (box.top() + box.bottom()) / 2.0;
    double left = within(middleX - half, box.left(), box.right(), 2 * half);
    double top = within(middleY - half, box.top(), box.bottom(), 2 * half);
    return averaged(covered, width, height, left, top, step);
  }

  /** Moves a frame no further than its content stays in it. */
  private static double within(double from, double least, double most, double size) {
    return Math.min(least, Math.max(most - size, from));
  }

  private static float[] averaged(
      float[] covered, int width, int height, double left, double top, double step) {
    float[] rows = new float[SIDE * width];
    for (int row = 0; row < SIDE; row++) {
      double from = top + row * step;
      for (int y = Math.max(0, (int) from); y < Math.min(height, from + step); y++) {
        float share = (float) (Math.min(y + 1, from + step) - Math.max(y, from));
        for (int x = 0; share > 0 && x < width; x++) {
          rows[row * width + x] += share * covered[y * width + x];
        }
      }
    }
    float[] cut = new float[SIDE * SIDE];
    float area = (float) (1 / (step * step));
    for (int column = 0; column < SIDE; column++) {
      double from = left + column * step;
      for (int x = Math.max(0, (int) from); x < Math.min(width, from + step); x++) {
        float share = (float) (Math.min(x + 1, from + step) - Math.max(x, from));
        for (int row = 0; share > 0 && row < SIDE; row++) {
          cut[row * SIDE + column] += share * area * rows[row * width + x];
        }
      }
    }
    for (int i = 0; i < cut.length; i++) {
      cut[i] = Math.clamp(cut[i], 0f, 1f);
    }
    return cut;
  }

  /** Where ink of ½ or more lies; right and bottom are behind the last. */
  record Bounds(int left, int top, int right, int bottom) {
    static Bounds of(Ink ink) {
      int left = ink.width();
      int top = ink.height();
      int right = 0;
      int bottom = 0;
      for (int y = 0; y < ink.height(); y++) {
        for (int x = 0; x < ink.width(); x++) {
          if (ink.at(x, y) >= HALF) {
            left = Math.min(left, x);
            right = Math.max(right, x + 1);
            top = Math.min(top, y);
            bottom = y + 1;
          }
        }
      }
      return new Bounds(left, top, right, bottom);
    }

    boolean isEmpty() {
      return right <= left;
    }

    int longer() {
      return Math.max(right - left, bottom - top);
    }
  }

  /** The digit as a mask with room around it, at a size where edges can be moved. */
  private record Work(int width, int height, int longer, boolean[] mask) {
    static Work of(Ink ink, Bounds box, double lean) {
      double scale = Math.max(1, (double) LEAST_WORK / box.longer());
      scale = Math.min(scale, Math.max(1.0, MOST_WORK) / box.longer());
      int longer = (int) Math.ceil(box.longer() * scale);
      int room = Math.max(4, longer / 5);
      int aside = (int) Math.ceil(Math.abs(lean) * longer / 2);
      int width = (int) Math.ceil((box.right - box.left) * scale) + 2 * (room + aside);
      int height = (int) Math.ceil((box.bottom - box.top) * scale) + 2 * room;
      boolean[] mask = new boolean[width * height];
      for (int y = 1; y < height - 1; y++) {
        double fromY = box.top + (y + 0.5 - room) / scale - 0.5;
        if (fromY <= box.top - 1 || fromY >= box.bottom) {
          continue;
        }
        double middle = box.left + 0.5 * (box.right - box.left) - 0.5;
        double shift = middle + lean * (fromY - (box.top + box.bottom) / 2.0);
        for (int x = 1; x < width - 1; x++) {
          double fromX = shift + (x + 0.5 - width / 2.0) / scale;
          mask[y * width + x] = ink.between(fromX, fromY) >= HALF;
        }
      }
      Holes.fill(mask, width, height, (int) (HOLE * longer * longer));
      return new Work(width, height, longer, mask);
    }

    /** The share of every point that is covered, with the strokes as they were drawn. */
    float[] asItIs() {
      float[] covered = new float[mask.length];
      for (int i = 0; i < covered.length; i++) {
        covered[i] = mask[i] ? 1 : 0;
      }
      return covered;
    }

    /** The share of every point that is covered once the strokes are as thick as they should be. */
    float[] withStrokes(double thinnest, double thickest) {
      float[] covered = Distances.signed(mask, width, height);
      float stroke = Distances.stroke(mask, covered, width, height);
      double now = stroke * BOX / longer;
      double wanted = Math.clamp(now, thinnest, thickest);
      // The box grows with its strokes: (stroke + 2·move)·BOX = wanted·(longer + 2·move).
      double move = (wanted * longer - BOX * stroke) / (2 * (BOX - wanted));
      for (int i = 0; i < covered.length; i++) {
        covered[i] = Math.clamp((float) (covered[i] + move + HALF), 0f, 1f);
      }
      return covered;
    }
  }
}
