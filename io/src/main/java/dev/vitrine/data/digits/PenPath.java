package dev.vitrine.data.digits;

import java.util.Arrays;

/**
 * The path of the pen: sampled points, the radius of the ink at each, and where strokes begin. The
 * unit is the skeleton's hundredth of a height until {@link Frame} scales it to pixels; radii are
 * pixels from the start.
 */
final class PenPath {
  private double[] x = new double[128];
  private double[] y = new double[128];
  private double[] radius = new double[128];
  private boolean[] begins = new boolean[128];
  private int size;

  /** Appends a point; {@code begin} says that the pen came down here. */
  void add(double px, double py, boolean begin) {
    if (size == x.length) {
      x = Arrays.copyOf(x, 2 * size);
      y = Arrays.copyOf(y, 2 * size);
      radius = Arrays.copyOf(radius, 2 * size);
      begins = Arrays.copyOf(begins, 2 * size);
    }
    x[size] = px;
    y[size] = py;
    begins[size++] = begin;
  }

  /** How many points. */
  int size() {
    return size;
  }

  double x(int i) {
    return x[i];
  }

  double y(int i) {
    return y[i];
  }

  double radius(int i) {
    return radius[i];
  }

  /** Whether a stroke begins at this point: no ink between it and the point before. */
  boolean begins(int i) {
    return begins[i];
  }

  void move(int i, double px, double py) {
    x[i] = px;
    y[i] = py;
  }

  void radius(int i, double r) {
    radius[i] = r;
  }
}
