package dev.vitrine.neuron;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A convex part of the plane of two inputs.
 *
 * @param corners in order around it
 */
record Polygon(List<Corner> corners) {
  private static final double NOTHING = 1e-9;
  private static final int HALVINGS = 20;

  /** A point, by its two inputs. */
  record Corner(double x, double y) {}

  Polygon {
    corners = List.copyOf(corners);
  }

  static Polygon rectangle(double left, double low, double right, double high) {
    return new Polygon(
        List.of(
            new Corner(left, low),
            new Corner(right, low),
            new Corner(right, high),
            new Corner(left, high)));
  }

  /** A part without an area, such as what is left at the edge of a cut. */
  boolean isEmpty() {
    double twice = 0;
    for (int i = 0; i < corners.size(); i++) {
      Corner a = corners.get(i);
      Corner b = corners.get((i + 1) % corners.size());
      twice += a.x() * b.y() - b.x() * a.y();
    }
    return Math.abs(twice) < 1e-12;
  }

  /** What of it lies where a function is at least 0, its border taken as straight. */
  Polygon where(ToDoubleFunction<Corner> function) {
    List<Corner> kept = new ArrayList<>();
    for (int i = 0; i < corners.size(); i++) {
      Corner a = corners.get(i);
      Corner b = corners.get((i + 1) % corners.size());
      double atA = function.applyAsDouble(a);
      double atB = function.applyAsDouble(b);
      if (atA >= 0) {
        kept.add(a);
      }
      if (atA >= 0 != atB >= 0) {
        kept.add(border(a, b, atA / (atA - atB), function));
      }
    }
    return new Polygon(kept);
  }

  /** Where a function changes its sign between two corners: where a line would, or by halving. */
  private static Corner border(
      Corner a, Corner b, double guess, ToDoubleFunction<Corner> function) {
    Corner guessed = between(a, b, guess);
    if (Math.abs(function.applyAsDouble(guessed)) < NOTHING) {
      return guessed;
    }
    boolean first = function.applyAsDouble(a) >= 0;
    double from = 0;
    double to = 1;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (from + to) / 2;
      boolean same = function.applyAsDouble(between(a, b, middle)) >= 0 == first;
      from = same ? middle : from;
      to = same ? to : middle;
    }
    return between(a, b, from);
  }

  private static Corner between(Corner a, Corner b, double part) {
    return new Corner(a.x() + part * (b.x() - a.x()), a.y() + part * (b.y() - a.y()));
  }
}
