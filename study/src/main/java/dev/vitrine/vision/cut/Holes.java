package dev.vitrine.vision.cut;

import java.util.Arrays;

/**
 * Small holes in a mask, such as a crayon or a dry pen leaves within a stroke. What is not set is
 * taken as runs of each row; those that lie under each other are joined by union–find.
 */
final class Holes {
  private final int width;
  private int[] from = new int[256];
  private int[] to = new int[256];
  private int[] parent = new int[256];
  private int count;

  private Holes(int width) {
    this.width = width;
  }

  /**
   * Fills what is not set, touches the border nowhere, hangs together over sides and has no more
   * than so many points.
   */
  static void fill(boolean[] mask, int width, int height, int most) {
    Holes holes = new Holes(width);
    int above = 0;
    for (int y = 0; y < height; y++) {
      int here = holes.count;
      holes.row(mask, y);
      holes.join(above, here);
      above = here;
    }
    holes.fillSmall(mask, width * height, most);
  }

  /** The runs of a row, as places in the mask. */
  private void row(boolean[] mask, int y) {
    int end = (y + 1) * width;
    for (int at = y * width; at < end; at++) {
      if (!mask[at]) {
        int first = at;
        while (at < end && !mask[at]) {
          at++;
        }
        if (count == from.length) {
          from = Arrays.copyOf(from, 2 * count);
          to = Arrays.copyOf(to, 2 * count);
          parent = Arrays.copyOf(parent, 2 * count);
        }
        from[count] = first;
        to[count] = at;
        parent[count] = count;
        count++;
      }
    }
  }

  /** The runs from one on with those of the row above. */
  private void join(int above, int here) {
    int upper = above;
    int lower = here;
    while (upper < here && lower < count) {
      if (from[upper] + width < to[lower] && from[lower] < to[upper] + width) {
        parent[root(lower)] = root(upper);
      }
      if (to[upper] + width <= to[lower]) {
        upper++;
      } else {
        lower++;
      }
    }
  }

  private int root(int run) {
    int at = run;
    while (parent[at] != at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }

  private void fillSmall(boolean[] mask, int points, int most) {
    int[] sizes = new int[count];
    for (int run = 0; run < count; run++) {
      boolean open =
          from[run] < width
              || from[run] >= points - width
              || from[run] % width == 0
              || to[run] % width == 0;
      int root = root(run);
      sizes[root] = open || sizes[root] < 0 ? -1 : sizes[root] + to[run] - from[run];
    }
    for (int run = 0; run < count; run++) {
      int size = sizes[root(run)];
      if (size > 0 && size <= most) {
        Arrays.fill(mask, from[run], to[run], true);
      }
    }
  }
}
