package dev.vitrine.data.digits;

import java.util.Arrays;

/**
 * The path of the pen: sampled points, the radius of the ink at each, and where strokes begin. The
 * unit is the skeleton's hundredth of a height until {@link Frame} scales it to pixels; radii are
 * pixels from the start.
 */
public final class PenPath {
  private double[] x = new double[128];
  private double[] y = new double[128];
  private double[] radius = new double[128];
  private boolean[] begins = new boolean[128];
  private int size;

  PenPath() {}

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

  /** {@return how many points} */
  public int size() {
    return size;
  }

  /**
   * {@return how far to the right a point is}
   *
   * @param i the point, from 0
   */
  public double x(int i) {
    return x[i];
  }

  /**
   * {@return how far down a point is}
   *
   * @param i the point, from 0
   */
  public double y(int i) {
    return y[i];
  }

  /**
   * {@return the radius of the ink at a point}
   *
   * @param i the point, from 0
   */
  public double radius(int i) {
    return radius[i];
  }

  /**
   * {@return whether a stroke begins at this point: no ink between it and the point before}
   *
   * @param i the point, from 0
   */
  public boolean begins(int i) {
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
