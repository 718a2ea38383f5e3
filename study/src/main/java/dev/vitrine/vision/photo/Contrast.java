package dev.vitrine.vision.photo;

import dev.vitrine.image.Raster;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * How much darker each pixel is than the paper around it: 0 (paper; a little more or less) … 1
 * (black), with shadows, lamps and folds divided out. The paper is what remains of each channel
 * when everything darker and narrower than a window is filled with its surroundings (a grey
 * closing), so the edge of a wide shadow stays in it and a stroke does not. Of a coloured picture
 * each pixel has the contrast of the channel that sees it best, so blue, red and black ink all
 * count; a channel of more than twice the noise of the quietest is left out.
 *
 * @param plane the contrast
 * @param noise its usual deviation where there is no ink
 * @param channels which were looked at: {@code red}, {@code green}, {@code blue} or {@code grey}
 */
public record Contrast(Plane plane, float noise, List<String> channels) {
  private static final List<String> NAMES = List.of("red", "green", "blue");

  /** The paper is sought in a picture with sides of no more than this. */
  private static final int SIDE = 1000;

  /** What is narrower than two of so many parts of the longer side may be a stroke. */
  private static final int PART = 14;

  /** The same where digits may fill the page. */
  private static final int WIDE_PART = 5;

  private static final int LEAST_REACH = 6;

  /** Levels that a dark sensor shows anyway. */
  private static final float DARK = 6;

  private static final int SAMPLES = 20_000;
  private static final float LEAST_NOISE = 0.004f;
  private static final int LAG = 3;

  /** Refuses {@code null}. */
  public Contrast {
    Objects.requireNonNull(plane, "plane");
    channels = List.copyOf(channels);
  }

  /**
   * {@return the contrast of a picture}
   *
   * @param picture of dark strokes on light paper
   */
  public static Contrast of(Raster picture) {
    return of(picture, PART);
  }

  /**
   * {@return the contrast of a picture of whose longer side strokes may be a third wide, as those
   * of digits that fill the page are} Shadows are divided out less well.
   *
   * @param picture of dark strokes on light paper
   */
  public static Contrast wide(Raster picture) {
    return of(picture, WIDE_PART);
  }

  private static Contrast of(Raster picture, int part) {
    List<Plane> seen = new ArrayList<>();
    float[] noises = new float[picture.channels()];
    for (int channel = 0; channel < picture.channels(); channel++) {
      Plane plane = Plane.channel(picture, channel);
      flatten(plane, part);
      level(plane, part);
      noises[channel] = noise(plane);
      seen.add(plane);
    }
    float least =
        seen.size() == 1 ? noises[0] : Math.min(noises[0], Math.min(noises[1], noises[2]));
    List<String> names = new ArrayList<>();
    Plane most = null;
    for (int channel = 0; channel < seen.size(); channel++) {
      if (noises[channel] <= 2 * least) {
        names.add(seen.size() == 1 ? "grey" : NAMES.get(channel));
        most = most == null ? seen.get(channel) : larger(most, seen.get(channel));
      }
    }
    return new Contrast(most, noise(most), names);
  }

  private static Plane larger(Plane into, Plane other) {
    float[] values = into.values();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(values[i], other.values()[i]);
    }
    return into;
  }

  /** Levels become contrast with the paper; in place. */
  private static void flatten(Plane plane, int part) {
    int step = Math.max(1, Math.ceilDiv(Math.max(plane.width(), plane.height()), SIDE));
    Plane paper = paper(plane, step, part);
    float[] values = plane.values();
    float half = (step - 1) / 2f;
    for (int y = 0, i = 0; y < plane.height(); y++) {
      for (int x = 0; x < plane.width(); x++, i++) {
        float ground = paper.between((x - half) / step, (y - half) / step);
        values[i] = (ground - values[i]) / (ground + DARK);
      }
    }
  }

  /** What is usual around a pixel is the paper, and becomes 0; in place. */
  private static void level(Plane plane, int part) {
    Local usual = Local.of(plane, reach(plane.width(), plane.height(), part));
    for (int y = 0, i = 0; y < plane.height(); y++) {
      for (int x = 0; x < plane.width(); x++, i++) {
        float level = usual.levelAt(x, y);
        plane.values()[i] = (plane.values()[i] - level) / Math.max(0.1f, 1 - level);
      }
    }
  }

  /** How far the paper is sought. */
  static int reach(int width, int height) {
    return reach(width, height, PART);
  }

  private static int reach(int width, int height, int part) {
    return Math.max(LEAST_REACH, Math.max(width, height) / part);
  }

  private static Plane paper(Plane plane, int step, int part) {
    Plane paper = plane.averaged(step);
    int reach = reach(paper.width(), paper.height(), part);
    Windows.mean(paper, 1);
    Windows.largest(paper, reach);
    Windows.smallest(paper, reach);
    Windows.mean(paper, 2);
    return paper;
  }

  /** From differences between pixels of a row that are a little apart: ink is seldom in them. */
  private static float noise(Plane plane) {
    int count = plane.values().length - LAG;
    int stride = Math.max(1, count / SAMPLES);
    float[] differences = new float[Math.max(1, Math.ceilDiv(Math.max(0, count), stride))];
    for (int i = 0, at = 0; at < count; i++, at += stride) {
      differences[i] = Math.abs(plane.values()[at + LAG] - plane.values()[at]);
    }
    Arrays.sort(differences);
    // The median of the difference of two normal numbers is 0.954 of their deviation.
    return Math.max(LEAST_NOISE, differences[differences.length / 2] / 0.954f);
  }
}
