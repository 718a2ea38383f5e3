package dev.vitrine.look.maps;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * One plane of numbers.
 *
 * @param width numbers in a row
 * @param values row by row; never changed
 */
public record Plane(int width, double[] values) {
  /**
   * {@return a plane of numbers}
   *
   * @param width in a row
   * @param values row by row
   */
  public static Plane of(int width, float... values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return new Plane(width, wide);
  }

  int height() {
    return values.length / width;
  }

  /** The number at a place, or the nearest at the edge. */
  double near(int row, int column) {
    int r = Math.clamp(row, 0, height() - 1);
    int c = Math.clamp(column, 0, width - 1);
    return values[r * width + c];
  }

  double range() {
    double least = Arrays.stream(values).min().orElse(0);
    return Arrays.stream(values).max().orElse(0) - least;
  }

  Plane map(DoubleUnaryOperator function) {
    return new Plane(width, Arrays.stream(values).map(function).toArray());
  }

  double median() {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private double mean() {
    return Arrays.stream(values).average().orElse(0);
  }

  private double covariance(Plane other) {
    double mine = mean();
    double theirs = other.mean();
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += (values[i] - mine) * (other.values[i] - theirs);
    }
    return sum;
  }

  /** Pearson's correlation; 0 if one of the two is flat. */
  double correlation(Plane other) {
    double spread = Math.sqrt(covariance(this)) * Math.sqrt(other.covariance(other));
    return spread <= 0 ? 0 : covariance(other) / spread;
  }

  /** The weights of this and another plane with which their sum comes nearest to a third. */
  double[] weights(Plane other, Plane third) {
    double mine = covariance(this);
    double theirs = other.covariance(other);
    double both = covariance(other);
    double determinant = mine * theirs - both * both;
    if (determinant <= 0) {
      return new double[] {mine > 0 ? covariance(third) / mine : 0, 0};
    }
    double first = covariance(third);
    double second = other.covariance(third);
    return new double[] {
      (first * theirs - second * both) / determinant, (second * mine - first * both) / determinant
    };
  }

  /** The slope of this as a straight function of the other. */
  double slope(Plane other) {
    return covariance(other) / other.covariance(other);
  }

  /** The change to the right, by central differences smoothed downwards (Sobel / 8). */
  Plane rightward() {
    double[] change = new double[values.length];
    for (int i = 0; i < change.length; i++) {
      int row = i / width;
      int column = i % width;
      for (int r = -1; r <= 1; r++) {
        double across = near(row + r, column + 1) - near(row + r, column - 1);
        change[i] += (2 - Math.abs(r)) * across / 8;
      }
    }
    return new Plane(width, change);
  }

  /** The change downwards, alike. */
  Plane downward() {
    double[] change = new double[values.length];
    for (int i = 0; i < change.length; i++) {
      int row = i / width;
      int column = i % width;
      for (int c = -1; c <= 1; c++) {
        double down = near(row + 1, column + c) - near(row - 1, column + c);
        change[i] += (2 - Math.abs(c)) * down / 8;
      }
    }
    return new Plane(width, change);
  }

  /** Each number the mean of a square around it. */
  Plane blurred(int side) {
    double[] means = new double[values.length];
    int reach = side / 2;
    for (int i = 0; i < means.length; i++) {
      for (int r = -reach; r <= reach; r++) {
        for (int c = -reach; c <= reach; c++) {
          means[i] += near(i / width + r, i % width + c) / (side * side);
        }
      }
    }
    return new Plane(width, means);
  }

  /**
   * The plane at the size of a map: its places' middles are spread evenly about the plane's middle,
   * as far apart as the map has been thinned, and each is the mean of the square around it.
   */
  Plane sampled(int mapWidth, int mapHeight) {
    int jump = Math.max(1, Math.min(width / mapWidth, height() / mapHeight));
    double left = (width - 1 - (mapWidth - 1.0) * jump) / 2;
    double top = (height() - 1 - (mapHeight - 1.0) * jump) / 2;
    double[] sampled = new double[mapWidth * mapHeight];
    for (int i = 0; i < sampled.length; i++) {
      int down = i / mapWidth;
      int right = i % mapWidth;
      double row = top + (double) down * jump - (jump - 1) / 2.0;
      double column = left + (double) right * jump - (jump - 1) / 2.0;
      for (int r = 0; r < jump; r++) {
        for (int c = 0; c < jump; c++) {
          sampled[i] += between(row + r, column + c) / (jump * jump);
        }
      }
    }
    return new Plane(mapWidth, sampled);
  }

  /** Bilinear. */
  private double between(double row, double column) {
    int r = (int) Math.floor(row);
    int c = (int) Math.floor(column);
    double down = row - r;
    double right = column - c;
    return (1 - down) * ((1 - right) * near(r, c) + right * near(r, c + 1))
        + down * ((1 - right) * near(r + 1, c) + right * near(r + 1, c + 1));
  }

  /**
   * How thick what stands out is: twice its area over the length of its outline, both in places,
   * which for a long line is the line's width. Of places further from the median than half the
   * furthest; 0 if there is none.
   */
  double thickness() {
    double median = median();
    Plane away = map(v -> Math.abs(v - median));
    double half = Arrays.stream(away.values).max().orElse(0) / 2;
    int area = 0;
    int outline = 0;
    for (int i = 0; i < values.length; i++) {
      if (away.values[i] > half) {
        area++;
        int row = i / width;
        int column = i % width;
        int[][] sides = {
          {row - 1, column}, {row + 1, column}, {row, column - 1}, {row, column + 1}
        };
        for (int[] side : sides) {
          outline += away.near(side[0], side[1]) > half ? 0 : 1;
        }
      }
    }
    return outline == 0 ? 0 : 2.0 * area / outline;
  }
}
