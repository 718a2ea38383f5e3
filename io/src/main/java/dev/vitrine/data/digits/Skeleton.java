package dev.vitrine.data.digits;

import java.util.ArrayList;
import java.util.List;

/**
 * One way of writing a digit: where the pen goes, as points that a curve runs through.
 *
 * <p>A skeleton is given in one or more <em>poses</em>, extreme shapes of the same movement with the
 * same points: a writer's own shape lies somewhere between them. Coordinates are in hundredths of the
 * digit's height, x to the right and y downwards.
 */
final class Skeleton {
  private final double weight;
  private final double[][] poses;
  private final boolean[] corner;
  private final int[] start;

  private Skeleton(double weight, double[][] poses, boolean[] corner, int[] start) {
    this.weight = weight;
    this.poses = poses;
    this.corner = corner;
    this.start = start;
  }

  /**
   * Parses the poses of a skeleton. A pose is a list of points {@code "x y"} separated by commas; a
   * {@code !} after a point makes it a sharp corner; {@code /} lifts the pen and begins a new stroke.
   *
   * @param weight how often people write the digit this way, relative to its other skeletons
   * @throws IllegalArgumentException if two poses differ in their strokes, points or corners
   */
  static Skeleton of(double weight, String... poses) {
    double[][] points = new double[poses.length][];
    List<Boolean> corners = new ArrayList<>();
    List<Integer> starts = new ArrayList<>();
    for (int i = 0; i < poses.length; i++) {
      List<Boolean> poseCorners = new ArrayList<>();
      List<Integer> poseStarts = new ArrayList<>();
      points[i] = parse(poses[i], poseCorners, poseStarts);
      if (i == 0) {
        corners.addAll(poseCorners);
        starts.addAll(poseStarts);
      } else if (!corners.equals(poseCorners) || !starts.equals(poseStarts)) {
        throw new IllegalArgumentException(
            "Poses of a skeleton expect the same strokes, points and corners, but \"%s\" differs from"
                    .formatted(poses[i])
                + " \"%s\"".formatted(poses[0]));
      }
    }
    boolean[] corner = new boolean[corners.size()];
    for (int i = 0; i < corner.length; i++) {
      corner[i] = corners.get(i);
    }
    return new Skeleton(
        weight, points, corner, starts.stream().mapToInt(Integer::intValue).toArray());
  }

  /** The coordinates x0 y0 x1 y1 … of one pose; its corners and stroke bounds go into the lists. */
  private static double[] parse(String pose, List<Boolean> corners, List<Integer> starts) {
    List<Double> numbers = new ArrayList<>();
    starts.add(0);
    for (String stroke : pose.split("/")) {
      for (String point : stroke.split(",")) {
        String text = point.strip();
        boolean sharp = text.endsWith("!");
        String[] xy = (sharp ? text.substring(0, text.length() - 1) : text).split(" ");
        numbers.add(Double.valueOf(xy[0]));
        numbers.add(Double.valueOf(xy[1]));
        corners.add(sharp);
      }
      starts.add(corners.size());
    }
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** How often people write the digit this way, relative to the other skeletons of the digit. */
  double weight() {
    return weight;
  }

  /** How many strokes: one more than the times the pen is lifted. */
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

  /**
   * The points of one writer's shape, x0 y0 x1 y1 …: a random mixture of the poses. The shares are
   * positive and sum to 1, then are stretched away from the middle, a little past the poses.
   */
  double[] shape(Draws draws) {
    double[] share = new double[poses.length];
    double sum = 0;
    for (int i = 0; i < share.length; i++) {
      double u = draws.uniform(0, 1);
      share[i] = u * u * u * u;
      sum += share[i];
    }
    double[] shape = new double[2 * corner.length];
    double middle = 1.0 / share.length;
    for (int i = 0; i < share.length; i++) {
      double s = middle + 1.15 * (share[i] / sum - middle);
      for (int j = 0; j < shape.length; j++) {
        shape[j] += s * poses[i][j];
      }
    }
    return shape;
  }
}
