package dev.vitrine.vision.photo;

import dev.vitrine.image.Raster;
import java.util.Locale;

/**
 * From contrast to ink, in one of two ways. {@link #LOCAL}: what stands out of the paper by several
 * deviations is a seed; around it a pixel is ink from half the darkest contrast of a stroke's width
 * around it on. So faint pencil beside a black pen keeps its width, and so does a blurred stroke.
 * {@link #OTSU}: all that has at least so much contrast as best divides what stands out of the
 * paper into two classes (Otsu 1979), so that a grid, a fold or what shows through is left behind a
 * darker pen.
 */
public enum Threshold {
  /** Half the darkest contrast around each pixel, as Sauvola's but in contrasts. */
  LOCAL("half the darkest ink around"),
  /** One for the page. */
  OTSU("Otsu's, one for the page");

  private static final float LEAST_SEED = 0.10f;
  private static final float SEED = 6;
  private static final float LEAST = 0.055f;
  private static final float FLOOR = 3.5f;
  private static final float HALF = 0.5f;

  /** Of the contrast that the darkest fifth of all ink has. */
  private static final float FAINT = 0.25f;

  /** Of the contrast that a component's seeds have on average. */
  private static final double OWN = 0.3;

  private static final int LEVELS = 250;

  private final String words;

  Threshold(String words) {
    this.words = words;
  }

  /** {@return what it is, in mid-sentence} */
  public String words() {
    return words;
  }

  /** {@return its name in JSON} */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * {@return the contrast that it divides}
   *
   * @param picture of dark strokes on light paper
   */
  public Contrast contrast(Raster picture) {
    return this == LOCAL ? Contrast.of(picture) : Contrast.wide(picture);
  }

  /**
   * {@return the ink}
   *
   * @param contrast how much darker each pixel is than the paper
   */
  public Mask of(Contrast contrast) {
    return this == LOCAL ? local(contrast) : otsu(contrast);
  }

  private static Mask otsu(Contrast contrast) {
    Plane plane = contrast.plane();
    float[] values = plane.values();
    float least = Math.max(LEAST, FLOOR * contrast.noise());
    float level = Math.max(LEAST_SEED, dividing(values, least));
    boolean[] set = new boolean[values.length];
    Plane ink = Plane.zeros(plane.width(), plane.height());
    for (int i = 0; i < set.length; i++) {
      set[i] = values[i] >= level;
      ink.values()[i] = Math.clamp(HALF * values[i] / level, 0, 1);
    }
    return new Mask(plane.width(), plane.height(), set, ink, plane, stroke(set, plane));
  }

  /** The contrast at which the classes below and above, of all above a least one, differ most. */
  private static float dividing(float[] values, float least) {
    long[] counts = new long[LEVELS + 1];
    long total = 0;
    double sum = 0;
    for (float value : values) {
      if (value >= least) {
        counts[level(value)]++;
        total++;
        sum += level(value);
      }
    }
    long below = 0;
    double sumBelow = 0;
    double most = -1;
    int best = 0;
    for (int at = 0; at < LEVELS && below < total; at++) {
      below += counts[at];
      sumBelow += (double) at * counts[at];
      if (below > 0 && below < total) {
        double apart = sumBelow / below - (sum - sumBelow) / (total - below);
        double between = apart * apart * below * (total - below);
        if (between > most) {
          most = between;
          best = at + 1;
        }
      }
    }
    return (float) best / LEVELS;
  }

  private static Mask local(Contrast contrast) {
    Plane plane = contrast.plane();
    Local usual = Local.of(plane, Contrast.reach(plane.width(), plane.height()));
    float stroke = stroke(plane, usual, contrast.noise());
    int reach = Math.max(1, Math.round(stroke));
    Plane darkest = new Plane(plane.width(), plane.height(), plane.values().clone());
    Windows.largest(darkest, reach);
    Windows.mean(darkest, reach);
    boolean[] set = new boolean[plane.values().length];
    Plane ink = darkest;
    boolean[] seeds = new boolean[set.length];
    for (int y = 0, i = 0; y < plane.height(); y++) {
      for (int x = 0; x < plane.width(); x++, i++) {
        float value = plane.values()[i];
        float spread = Math.max(contrast.noise(), usual.spreadAt(x, y));
        float most = Math.max(darkest.values()[i], 2 * Math.max(LEAST, FLOOR * spread));
        ink.values()[i] = Math.clamp(value / most, 0, 1);
        set[i] = value >= HALF * most;
        seeds[i] = set[i] && value >= Math.max(LEAST_SEED, SEED * spread);
      }
    }
    strongOnly(seeds, set, plane);
    keepSeeded(set, seeds, plane);
    return new Mask(plane.width(), plane.height(), set, ink, plane, stroke(set, plane));
  }

  private static float stroke(Plane plane, Local usual, float noise) {
    boolean[] set = new boolean[plane.values().length];
    for (int y = 0, i = 0; y < plane.height(); y++) {
      for (int x = 0; x < plane.width(); x++, i++) {
        float spread = Math.max(noise, usual.spreadAt(x, y));
        set[i] = plane.values()[i] >= Math.max(LEAST_SEED, SEED * spread);
      }
    }
    return stroke(set, plane);
  }

  private static float stroke(boolean[] set, Plane plane) {
    return StrokeWidth.of(set, plane.width(), plane.height());
  }

  /** Takes away seeds that are much fainter than most ink: folds, the edges of shadows. */
  private static void strongOnly(boolean[] seeds, boolean[] set, Plane plane) {
    int[] counts = new int[LEVELS + 1];
    int total = 0;
    for (int i = 0; i < set.length; i++) {
      if (set[i]) {
        counts[level(plane.values()[i])]++;
        total++;
      }
    }
    int strong = LEVELS;
    for (int above = 0; strong > 0 && 5L * above < total; strong--) {
      above += counts[strong];
    }
    for (int i = 0; i < seeds.length; i++) {
      seeds[i] &= plane.values()[i] >= FAINT * strong / LEVELS;
    }
  }

  private static int level(float value) {
    return Math.round(LEVELS * Math.clamp(value, 0f, 1f));
  }

  /**
   * Takes away components without a seed, and of the others what is much fainter than their own
   * seeds: a fold that a digit stands on.
   */
  private static void keepSeeded(boolean[] set, boolean[] seeds, Plane plane) {
    Labels labels = Labels.of(set, plane.width(), plane.height());
    double[] sums = new double[labels.count()];
    int[] counts = new int[labels.count()];
    for (int i = 0; i < set.length; i++) {
      if (seeds[i]) {
        sums[labels.at(i)] += plane.values()[i];
        counts[labels.at(i)]++;
      }
    }
    for (int i = 0; i < set.length; i++) {
      if (set[i]) {
        int label = labels.at(i);
        set[i] = plane.values()[i] * counts[label] > OWN * sums[label];
      }
    }
  }
}
