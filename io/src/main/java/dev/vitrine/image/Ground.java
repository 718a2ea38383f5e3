package dev.vitrine.image;

import java.util.Arrays;

/**
 * What a grey picture's ground is, guessed from its border. Each edge is smoothed by a running
 * median over a quarter of it, so that a stroke that touches the border does not count; between the
 * edges the ground is the mean of the four levels at the ends of a pixel's row and column, each
 * weighted by one over its distance.
 */
final class Ground {
  /** Of an edge, on each side of the running median's middle. */
  private static final int PART = 8;

  private final int[] top;
  private final int[] bottom;
  private final int[] left;
  private final int[] right;
  private final Levels smooth = new Levels();
  private final Levels border = new Levels();
  private final Levels rough = new Levels();

  private Ground(Raster grey) {
    top = smoothed(row(grey, 0));
    bottom = smoothed(row(grey, grey.height() - 1));
    left = smoothed(column(grey, 0));
    right = smoothed(column(grey, grey.width() - 1));
  }

  static Ground of(Raster grey) {
    return new Ground(grey);
  }

  private static int[] row(Raster grey, int y) {
    int[] levels = new int[grey.width()];
    Arrays.setAll(levels, x -> grey.get(x, y, 0));
    return levels;
  }

  private static int[] column(Raster grey, int x) {
    int[] levels = new int[grey.height()];
    Arrays.setAll(levels, y -> grey.get(x, y, 0));
    return levels;
  }

  private int[] smoothed(int[] edge) {
    int reach = Math.max(1, edge.length / PART);
    int[] medians = new int[edge.length];
    for (int i = 0; i < edge.length; i++) {
      int to = Math.min(edge.length, i + reach + 1);
      int[] near = Arrays.copyOfRange(edge, Math.max(0, i - reach), to);
      Arrays.sort(near);
      medians[i] = near[near.length / 2];
      smooth.add(medians[i]);
      border.add(edge[i]);
      rough.add(edge[i] - medians[i]);
    }
    return medians;
  }

  /** The median of the smoothed border. */
  int level() {
    return smooth.percentile(50);
  }

  /** How far the border's levels are apart. */
  int spread() {
    return border.spread();
  }

  /** How far the border's levels are from the smoothed border. */
  int roughness() {
    return rough.spread();
  }

  /** Every pixel less its ground. */
  Levels differences(Raster grey) {
    Levels differences = new Levels();
    for (int y = 0; y < grey.height(); y++) {
      for (int x = 0; x < grey.width(); x++) {
        differences.add(difference(grey, y * grey.width() + x));
      }
    }
    return differences;
  }

  /** A pixel, counted row by row, less its ground. */
  int difference(Raster grey, int pixel) {
    int x = pixel % grey.width();
    int y = pixel / grey.width();
    return (int) Math.rint(grey.get(x, y, 0) - at(x, y));
  }

  private double at(int x, int y) {
    double fromTop = 1.0 / (y + 1);
    double fromBottom = 1.0 / (left.length - y);
    double fromLeft = 1.0 / (x + 1);
    double fromRight = 1.0 / (top.length - x);
    double sum =
        fromTop * top[x] + fromBottom * bottom[x] + fromLeft * left[y] + fromRight * right[y];
    return sum / (fromTop + fromBottom + fromLeft + fromRight);
  }
}
