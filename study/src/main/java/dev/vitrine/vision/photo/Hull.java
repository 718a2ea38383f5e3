package dev.vitrine.vision.photo;

import java.util.ArrayList;
import java.util.List;

/**
 * The convex hull of a part of a picture, by Andrew's monotone chain (1979).
 *
 * @param corners columns and rows, in order
 * @param width of the picture
 * @param height of the picture
 */
record Hull(List<int[]> corners, int width, int height) {
  static Hull of(boolean[] part, int width, int height) {
    // Of each column only the first and the last row can be corners.
    List<int[]> points = new ArrayList<>();
    for (int x = 0; x < width; x++) {
      int first = -1;
      int last = -1;
      for (int y = 0; y < height; y++) {
        if (part[y * width + x]) {
          first = first < 0 ? y : first;
          last = y;
        }
      }
      if (first >= 0) {
        points.add(new int[] {x, first});
        points.add(new int[] {x, last + 1});
        points.add(new int[] {x + 1, first});
        points.add(new int[] {x + 1, last + 1});
      }
    }
    points.sort((a, b) -> a[0] == b[0] ? Integer.compare(a[1], b[1]) : Integer.compare(a[0], b[0]));
    List<int[]> corners = half(points);
    List<int[]> back = half(points.reversed());
    corners.removeLast();
    back.removeLast();
    corners.addAll(back);
    return new Hull(corners, width, height);
  }

  private static List<int[]> half(List<int[]> points) {
    List<int[]> chain = new ArrayList<>();
    for (int[] point : points) {
      while (chain.size() > 1 && !turns(chain.get(chain.size() - 2), chain.getLast(), point)) {
        chain.removeLast();
      }
      chain.add(point);
    }
    return chain;
  }

  private static boolean turns(int[] a, int[] b, int[] c) {
    return (long) (b[0] - a[0]) * (c[1] - a[1]) - (long) (b[1] - a[1]) * (c[0] - a[0]) > 0;
  }

  double area() {
    double twice = 0;
    for (int i = 0; i < corners.size(); i++) {
      int[] a = corners.get(i);
      int[] b = corners.get((i + 1) % corners.size());
      twice += (double) a[0] * b[1] - (double) b[0] * a[1];
    }
    return Math.abs(twice) / 2;
  }

  /** The share of its outline that does not lie along the border of the picture. */
  double free() {
    double all = 0;
    double free = 0;
    for (int i = 0; i < corners.size(); i++) {
      int[] a = corners.get(i);
      int[] b = corners.get((i + 1) % corners.size());
      double length = Math.hypot(b[0] - a[0], b[1] - a[1]);
      all += length;
      free += onBorder(a, b) ? 0 : length;
    }
    return free / all;
  }

  private boolean onBorder(int[] a, int[] b) {
    return Math.max(a[0], b[0]) <= 1
        || Math.max(a[1], b[1]) <= 1
        || Math.min(a[0], b[0]) >= width - 1
        || Math.min(a[1], b[1]) >= height - 1;
  }

  /**
   * The share of its outline within the picture on whose outer side it is darker than on its inner
   * one, by a share of the inner level.
   */
  double sharp(Plane level, int away, double drop) {
    double all = 0;
    double sharp = 0;
    for (int i = 0; i < corners.size(); i++) {
      int[] a = corners.get(i);
      int[] b = corners.get((i + 1) % corners.size());
      double length = Math.hypot(b[0] - a[0], b[1] - a[1]);
      if (length == 0 || onBorder(a, b)) {
        continue;
      }
      // The chain runs so that what is inside lies on the left of each side.
      double nx = (b[1] - a[1]) / length;
      double ny = (a[0] - b[0]) / length;
      for (double t = 0.5; t < length; t++) {
        double x = a[0] + t / length * (b[0] - a[0]) - 0.5;
        double y = a[1] + t / length * (b[1] - a[1]) - 0.5;
        float in = level.between((float) (x - away * nx), (float) (y - away * ny));
        float out = level.between((float) (x + away * nx), (float) (y + away * ny));
        all++;
        sharp += out < (1 - drop) * in ? 1 : 0;
      }
    }
    return all == 0 ? 0 : sharp / all;
  }
}
