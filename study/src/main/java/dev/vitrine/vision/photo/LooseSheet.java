package dev.vitrine.vision.photo;

import dev.vitrine.image.Raster;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A sheet of paper in a room: the largest light and convex part of a picture with sharp edges. What
 * is around it, a desk, hands, furniture, is painted over with the paper's own light, so that only
 * what is written on the sheet remains.
 *
 * <p>Of several levels at which a reduced picture may be cut in two, that is taken at which the
 * light part is a convex one whose edges are sharpest. What lies along three or more sides of the
 * picture is no sheet but the page itself, or what a shadow left of it.
 */
public final class LooseSheet {
  /** The longer side of the picture in which it is sought. */
  private static final int SIDE = 160;

  /** Strokes up to twice this width, in pixels of the reduced picture, are filled first. */
  private static final int STROKE = 3;

  private static final int LEVELS = 12;

  /** Of the picture: the least and the largest sheet. */
  private static final double LEAST = 0.1;

  private static final double LARGEST = 0.95;

  /** Of its convex hull. */
  private static final double SOLID = 0.9;

  /** Of its outline: what must not be the picture's border, and where the edge must be sharp. */
  private static final double FREE = 0.6;

  private static final double SHARP = 0.75;

  /** How much darker it is behind a sharp edge, as a share of the paper. */
  private static final double DROP = 0.12;

  /** How far the edge itself reaches, in pixels of the reduced picture. */
  private static final int EDGE = 2;

  /** Of the paper's light: what has less is no paper. */
  private static final float DARK = 0.8f;

  /** One pixel in so many of a thing's longer side at the edge: it lies along it. */
  private static final int ALONG = 3;

  private final int width;
  private final int height;
  private final int step;
  private final boolean[] inside;

  private LooseSheet(int width, int height, int step, boolean[] inside) {
    this.width = width;
    this.height = height;
    this.step = step;
    this.inside = inside;
  }

  /**
   * {@return the sheet in a picture, if there is one}
   *
   * @param picture of a light sheet
   */
  public static Optional<LooseSheet> in(Raster picture) {
    Objects.requireNonNull(picture, "picture");
    int step = Math.max(1, Math.ceilDiv(Math.max(picture.width(), picture.height()), SIDE));
    Plane level = darkest(picture).averaged(step);
    if (Math.min(level.width(), level.height()) < 8 * STROKE) {
      return Optional.empty();
    }
    Windows.largest(level, STROKE);
    Windows.smallest(level, STROKE);
    float[] sorted = level.values().clone();
    Arrays.sort(sorted);
    float low = sorted[sorted.length / 50];
    float high = sorted[sorted.length - 1 - sorted.length / 50];
    boolean[] best = null;
    double most = SHARP;
    for (int i = 1; i < LEVELS; i++) {
      boolean[] part = part(level, low + (high - low) * i / LEVELS);
      double sharp = sharpness(part, level);
      if (sharp > most) {
        most = sharp;
        best = part;
      }
    }
    return best == null
        ? Optional.empty()
        : Optional.of(new LooseSheet(level.width(), level.height(), step, eroded(best, level)));
  }

  /** Of each pixel the darkest channel: paper has no colour, skin and wood have one. */
  private static Plane darkest(Raster picture) {
    Plane plane = Plane.zeros(picture.width(), picture.height());
    for (int y = 0, i = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++, i++) {
        int least = picture.get(x, y, 0);
        for (int channel = 1; channel < picture.channels(); channel++) {
          least = Math.min(least, picture.get(x, y, channel));
        }
        plane.values()[i] = least;
      }
    }
    return plane;
  }

  /** The largest part that is as light as a level, without holes. */
  private static boolean[] part(Plane level, float from) {
    boolean[] light = new boolean[level.values().length];
    for (int i = 0; i < light.length; i++) {
      light[i] = level.values()[i] >= from;
    }
    boolean[] part = largest(light, level, false);
    for (int i = 0; i < part.length; i++) {
      light[i] = !part[i];
    }
    boolean[] around = largest(light, level, true);
    for (int i = 0; i < part.length; i++) {
      part[i] = !around[i];
    }
    return part;
  }

  /** The largest component; or all components that touch the border. */
  private static boolean[] largest(boolean[] set, Plane size, boolean border) {
    Labels labels = Labels.of(set, size.width(), size.height());
    int[] areas = new int[labels.count()];
    for (int i = 0; i < set.length; i++) {
      int x = i % size.width();
      int y = i / size.width();
      boolean edge = x == 0 || y == 0 || x == size.width() - 1 || y == size.height() - 1;
      if (set[i] && (edge || !border)) {
        areas[labels.at(i)]++;
      }
    }
    int best = 0;
    for (int label = 1; label < areas.length; label++) {
      best = areas[label] > areas[best] ? label : best;
    }
    boolean[] part = new boolean[set.length];
    for (int i = 0; i < set.length; i++) {
      part[i] = set[i] && (border ? areas[labels.at(i)] > 0 : labels.at(i) == best);
    }
    return part;
  }

  /** The share of a part's outline with a sharp edge; 0 if it cannot be a sheet. */
  private static double sharpness(boolean[] part, Plane level) {
    int area = 0;
    for (boolean each : part) {
      area += each ? 1 : 0;
    }
    if (area < LEAST * part.length || area > LARGEST * part.length) {
      return 0;
    }
    Hull hull = Hull.of(part, level.width(), level.height());
    if (area < SOLID * hull.area() || hull.free() < FREE) {
      return 0;
    }
    return hull.sharp(level, EDGE + 1, DROP);
  }

  /** Without what lies at its edge, which is neither paper nor what is around it. */
  private static boolean[] eroded(boolean[] part, Plane size) {
    Plane plane = Plane.zeros(size.width(), size.height());
    for (int i = 0; i < part.length; i++) {
      plane.values()[i] = part[i] ? 1 : 0;
    }
    Windows.smallest(plane, EDGE);
    boolean[] inner = new boolean[part.length];
    for (int i = 0; i < part.length; i++) {
      inner[i] = plane.values()[i] > 0;
    }
    return inner;
  }

  /**
   * {@return the picture with nothing but the sheet: it goes on to all sides, and what lies along
   * its edge, the tip of a finger, a shadow, is paper too}
   *
   * @param picture the one in which it was found
   */
  public Raster alone(Raster picture) {
    List<Plane> papers = new ArrayList<>();
    for (int channel = 0; channel < picture.channels(); channel++) {
      Plane paper = Plane.channel(picture, channel).averaged(step);
      Windows.largest(paper, STROKE);
      Windows.smallest(paper, STROKE);
      spread(paper.values());
      papers.add(paper);
    }
    boolean[] kept = kept(picture, papers);
    Raster alone = Raster.black(picture.width(), picture.height(), picture.channels());
    for (int channel = 0; channel < picture.channels(); channel++) {
      for (int y = 0, i = 0; y < picture.height(); y++) {
        for (int x = 0; x < picture.width(); x++, i++) {
          float paper = paper(papers.get(channel), x, y);
          alone.set(x, y, channel, kept[i] ? picture.get(x, y, channel) : Math.round(paper));
        }
      }
    }
    return alone;
  }

  private float paper(Plane plane, int x, int y) {
    float half = (step - 1) / 2f;
    return plane.between((x - half) / step, (y - half) / step);
  }

  private boolean isInside(int x, int y) {
    return inside[y / step * width + x / step];
  }

  /** The pixels of the sheet, without what is dark and lies along its edge. */
  private boolean[] kept(Raster picture, List<Plane> papers) {
    boolean[] kept = new boolean[picture.width() * picture.height()];
    boolean[] dark = new boolean[kept.length];
    for (int y = 0, i = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++, i++) {
        kept[i] = isInside(x, y);
        for (int channel = 0; kept[i] && channel < papers.size(); channel++) {
          dark[i] |= picture.get(x, y, channel) < DARK * paper(papers.get(channel), x, y);
        }
      }
    }
    boolean[] along = alongEdge(dark, kept, picture.width(), picture.height());
    for (int i = 0; i < kept.length; i++) {
      kept[i] &= !along[i];
    }
    return kept;
  }

  /** Components of what is dark whose longer side is less than so many pixels at the edge. */
  private static boolean[] alongEdge(boolean[] dark, boolean[] sheet, int width, int height) {
    Labels labels = Labels.of(dark, width, height);
    int[] left = new int[labels.count()];
    int[] right = new int[labels.count()];
    int[] top = new int[labels.count()];
    int[] bottom = new int[labels.count()];
    int[] edge = new int[labels.count()];
    Arrays.fill(left, width);
    Arrays.fill(top, height);
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++, i++) {
        if (dark[i]) {
          int label = labels.at(i);
          left[label] = Math.min(left[label], x);
          right[label] = Math.max(right[label], x + 1);
          top[label] = Math.min(top[label], y);
          bottom[label] = y + 1;
          boolean inner =
              x > 0
                  && y > 0
                  && x < width - 1
                  && y < height - 1
                  && sheet[i - 1]
                  && sheet[i + 1]
                  && sheet[i - width]
                  && sheet[i + width];
          edge[label] += inner ? 0 : 1;
        }
      }
    }
    boolean[] along = new boolean[dark.length];
    for (int i = 0; i < dark.length; i++) {
      if (dark[i]) {
        int label = labels.at(i);
        int longer = Math.max(right[label] - left[label], bottom[label] - top[label]);
        along[i] = ALONG * edge[label] > longer;
      }
    }
    return along;
  }

  /** What lies outside takes on the levels beside it, ring by ring. */
  private void spread(float[] values) {
    boolean[] known = inside.clone();
    for (boolean more = true; more; ) {
      more = false;
      boolean[] next = known.clone();
      for (int y = 0, i = 0; y < height; y++) {
        for (int x = 0; x < width; x++, i++) {
          if (!known[i]) {
            float sum = 0;
            int count = 0;
            for (int dy = y > 0 ? -1 : 0; dy <= (y < height - 1 ? 1 : 0); dy++) {
              for (int dx = x > 0 ? -1 : 0; dx <= (x < width - 1 ? 1 : 0); dx++) {
                if (known[i + dy * width + dx]) {
                  sum += values[i + dy * width + dx];
                  count++;
                }
              }
            }
            if (count > 0) {
              values[i] = sum / count;
              next[i] = true;
              more = true;
            }
          }
        }
      }
      known = next;
    }
  }

  /** {@return the share of the picture that it takes} */
  public double share() {
    int area = 0;
    for (boolean each : inside) {
      area += each ? 1 : 0;
    }
    return (double) area / inside.length;
  }
}
