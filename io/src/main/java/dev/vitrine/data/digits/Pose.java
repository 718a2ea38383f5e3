package dev.vitrine.data.digits;

import java.util.Arrays;

/** One shape of a digit: the points of its strokes, and which of them are sharp corners. */
final class Pose {
  private final double[] coordinates;
  private final boolean[] corner;
  private final int[] start;

  private Pose(double[] coordinates, boolean[] corner, int[] start) {
    this.coordinates = coordinates;
    this.corner = corner;
    this.start = start;
  }

  /**
   * Parses a pose: points {@code "x y"} separated by commas; {@code !} after a point makes it a
   * sharp corner; {@code /} lifts the pen and begins a new stroke.
   *
   * @throws IllegalArgumentException if a point is not two numbers
   */
  static Pose parse(String text) {
    String[] strokes = text.split("/", -1);
    int[] start = new int[strokes.length + 1];
    for (int i = 0; i < strokes.length; i++) {
      start[i + 1] = start[i] + strokes[i].split(",", -1).length;
    }
    String[] points = text.split("[,/]", -1);
    double[] coordinates = new double[2 * points.length];
    boolean[] corner = new boolean[points.length];
    for (int i = 0; i < points.length; i++) {
      String point = points[i].strip();
      corner[i] = point.endsWith("!");
      String[] xy = point.replace("!", "").split(" ", -1);
      if (xy.length != 2) {
        throw new IllegalArgumentException(
            "A pose expects points \"x y\", but got \"%s\" in \"%s\"".formatted(point, text));
      }
      coordinates[2 * i] = Double.parseDouble(xy[0]);
      coordinates[2 * i + 1] = Double.parseDouble(xy[1]);
    }
    return new Pose(coordinates, corner, start);
  }

  /** Whether the other pose has the same strokes, points and corners. */
  boolean matches(Pose other) {
    return Arrays.equals(corner, other.corner) && Arrays.equals(start, other.start);
  }

  /** How many strokes. */
  int strokes() {
    return start.length - 1;
  }

  /** The first point of a stroke; that of stroke {@link #strokes} is the number of points. */
  int start(int stroke) {
    return start[stroke];
  }

  /** Whether the curve has a kink at this point. */
  boolean corner(int point) {
    return corner[point];
  }

  /** A coordinate, of x0 y0 x1 y1 …. */
  double coordinate(int i) {
    return coordinates[i];
  }
}
