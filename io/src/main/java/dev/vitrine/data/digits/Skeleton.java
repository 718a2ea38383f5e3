package dev.vitrine.data.digits;

import java.util.List;

/**
 * One way of writing a digit: where the pen goes, as points that a curve runs through.
 *
 * <p>A skeleton is given in one or more <em>poses</em>, extreme shapes of the same movement with
 * the same points: a writer's own shape lies somewhere between them. Coordinates are in hundredths
 * of the digit's height, x to the right and y downwards.
 */
final class Skeleton {
  /** How far the mixture of poses is stretched away from their mean: a little past the poses. */
  private static final double STRETCH = 1.15;

  private final String description;
  private final double weight;
  private final List<Pose> poses;

  private Skeleton(String description, double weight, List<Pose> poses) {
    this.description = description;
    this.weight = weight;
    this.poses = poses;
  }

  /**
   * Parses the poses of a skeleton, written as {@link Pose#parse} says.
   *
   * @param description of the movement, for people
   * @param weight how often people write the digit this way, relative to its other skeletons
   * @throws IllegalArgumentException if there is no pose, or two differ in their strokes or corners
   */
  static Skeleton of(String description, double weight, List<String> poses) {
    if (poses.isEmpty()) {
      throw new IllegalArgumentException(
          "Skeleton \"%s\" expects poses, but has none".formatted(description));
    }
    List<Pose> parsed = poses.stream().map(Pose::parse).toList();
    for (int i = 1; i < parsed.size(); i++) {
      if (!parsed.get(i).matches(parsed.getFirst())) {
        throw new IllegalArgumentException(
            "Skeleton \"%s\" expects poses of the same strokes, points and corners,"
                    .formatted(description)
                + " but \"%s\" differs from \"%s\"".formatted(poses.get(i), poses.getFirst()));
      }
    }
    return new Skeleton(description, weight, parsed);
  }

  /** What the movement is, for people. */
  String description() {
    return description;
  }

  /** How often people write the digit this way, relative to the other skeletons of the digit. */
  double weight() {
    return weight;
  }

  /** The extreme shapes. */
  List<Pose> poses() {
    return poses;
  }

  /** How many strokes: one more than the times the pen is lifted. */
  int strokes() {
    return poses.getFirst().strokes();
  }

  /** The first point of a stroke; that of stroke {@link #strokes} is the number of points. */
  int start(int stroke) {
    return poses.getFirst().start(stroke);
  }

  /** Whether the curve has a kink at this point. */
  boolean corner(int point) {
    return poses.getFirst().corner(point);
  }

  /**
   * The points of one writer's shape, x0 y0 x1 y1 …: a random mixture of the poses. The shares are
   * fourth powers of uniform numbers, divided by their sum: mostly one pose, seldom the mean of
   * all.
   */
  double[] shape(Draws draws) {
    double[] share = new double[poses.size()];
    double sum = 0;
    for (int i = 0; i < share.length; i++) {
      double u = draws.uniform(0.01, 1);
      share[i] = u * u * u * u;
      sum += share[i];
    }
    double[] shape = new double[2 * start(strokes())];
    double mean = 1.0 / share.length;
    for (int i = 0; i < share.length; i++) {
      double s = mean + STRETCH * (share[i] / sum - mean);
      Pose pose = poses.get(i);
      for (int j = 0; j < shape.length; j++) {
        shape[j] += s * pose.coordinate(j);
      }
    }
    return shape;
  }
}
