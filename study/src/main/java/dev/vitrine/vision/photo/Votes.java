package dev.vitrine.vision.photo;

/**
 * Votes of thin runs for nearly level lines: each for all slopes, at the height at which a line
 * through it of that slope meets the middle column.
 */
final class Votes {
  private static final double STEEPEST = 0.3;

  private final int width;
  private final int height;
  private final int thickest;
  private final int stride;
  private final int slopes;
  private final double step;
  private final int[] votes;

  private Votes(int width, int height, int thickest) {
    this.width = width;
    this.height = height;
    this.thickest = thickest;
    stride = Math.max(1, width / 400);
    step = Math.max(2.5 / width, 0.002);
    slopes = 2 * (int) Math.ceil(STEEPEST / step) + 1;
    votes = new int[slopes * height];
  }

  /** A line: where it is in the middle column, and how it goes on. */
  record Line(double slope, double height, int middle, int votes) {
    double at(int column) {
      return height + slope * (column - middle);
    }
  }

  static Votes of(Runs runs, int width, int height, int thickest) {
    Votes votes = new Votes(width, height, thickest);
    for (int x = 0; x < width; x += votes.stride) {
      for (int run = runs.first()[x]; run < runs.first()[x + 1]; run++) {
        votes.vote(x, runs, run, 1);
      }
    }
    return votes;
  }

  /** How many columns voted. */
  int columns() {
    return Math.ceilDiv(width, stride);
  }

  private double slope(int number) {
    return (number - slopes / 2) * step;
  }

  private void vote(int x, Runs runs, int run, int by) {
    if (runs.length()[run] > thickest) {
      return;
    }
    double middle = runs.middle(run);
    for (int number = 0; number < slopes; number++) {
      int at = (int) Math.round(middle - slope(number) * (x - width / 2));
      if (at >= 0 && at < height) {
        votes[number * height + at] += by;
      }
    }
  }

  /** The line with most votes; those of its neighbours up and down count too. */
  Line best() {
    int most = 0;
    int place = 0;
    for (int number = 0; number < slopes; number++) {
      for (int y = 1; y < height - 1; y++) {
        int i = number * height + y;
        int sum = votes[i - 1] + votes[i] + votes[i + 1];
        if (sum > most) {
          most = sum;
          place = i;
        }
      }
    }
    return new Line(slope(place / height), place % height, width / 2, most);
  }

  /** Takes the votes of runs back, and those around the line, so that another one is found. */
  void take(Runs runs, int[] followed, Line line) {
    for (int x = 0; x < width; x += stride) {
      for (int run = runs.first()[x]; run < runs.first()[x + 1]; run++) {
        boolean near = Math.abs(runs.middle(run) - line.at(x)) <= 2;
        if (near || run == followed[x]) {
          vote(x, runs, run, -1);
        }
      }
    }
    int number = (int) Math.round(line.slope() / step) + slopes / 2;
    for (int y = (int) line.height() - 1; y <= line.height() + 1; y++) {
      if (y >= 0 && y < height) {
        votes[number * height + y] = Math.min(0, votes[number * height + y]);
      }
    }
  }
}
