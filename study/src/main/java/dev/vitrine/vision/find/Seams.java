package dev.vitrine.vision.find;

import dev.vitrine.vision.cut.Ink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Where a piece may be cut from top to bottom: ways of adjoining pixels that go through as little
 * ink as possible, found by dynamic programming from above and from below. Of all ways through each
 * pixel the best is known. The candidates are those through least ink, as long as each leaves other
 * ink on its sides than those before: between two digits one gap may lead to several places where
 * they could be parted, of which the narrowest, across a thin stroke, is often not the joint.
 */
final class Seams {
  private static final float HALF = 0.5f;

  /** What a pixel without ink costs, of one with: ways are to be short. */
  private static final float PAPER = 0.02f;

  private static final float SIDEWAYS = 0.1f;

  /** How much ink lies between two cuts at least, in squares as wide as a stroke. */
  private static final double BETWEEN = 1.5;

  /** How many strokes' widths of ink a cut may go through. */
  private static final double THROUGH = 2.6;

  /**
   * The side of a grid's cells: of a stroke's width, and how many there are in a column at most.
   */
  private static final double CELL = 1.0 / 6;

  private static final int MOST_CELLS = 200;

  private final int width;
  private final int height;
  private final float[] cost;

  /** How many pixels of ink lie before each place of a row, of which there are width + 1. */
  private final int[] before;

  private final float[] above;
  private final float[] below;

  private Seams(Ink ink) {
    width = ink.width();
    height = ink.height();
    cost = new float[width * height];
    before = new int[(width + 1) * height];
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++, i++) {
        boolean isInk = ink.at(x, y) >= HALF;
        cost[i] = isInk ? 1 : PAPER;
        before[i + y + 1] = before[i + y] + (isInk ? 1 : 0);
      }
    }
    above = cost.clone();
    for (int y = 1; y < height; y++) {
      step(above, y, y - 1);
    }
    below = cost.clone();
    for (int y = height - 2; y >= 0; y--) {
      step(below, y, y + 1);
    }
  }

  private void step(float[] sums, int to, int from) {
    for (int x = 0; x < width; x++) {
      sums[to * width + x] = cost[to * width + x] + best(sums, from, x);
    }
  }

  private float best(float[] sums, int row, int x) {
    float best = sums[row * width + x];
    if (x > 0) {
      best = Math.min(best, sums[row * width + x - 1] + SIDEWAYS);
    }
    if (x < width - 1) {
      best = Math.min(best, sums[row * width + x + 1] + SIDEWAYS);
    }
    return best;
  }

  /**
   * The parts of a piece between its candidate cuts, from left to right; the piece alone if there
   * are none.
   *
   * @param piece what is cut
   * @param stroke how wide strokes are, in pixels
   * @param count how many cuts there are at most
   */
  static List<Piece> parts(Piece piece, double stroke, int count) {
    Seams seams = new Seams(piece.ink());
    List<int[]> ways = seams.candidates(stroke, count);
    return ways.isEmpty() ? List.of(piece) : seams.split(piece, inOrder(ways));
  }

  /** A pixel of ink and what the best way through it costs. */
  private record Through(int x, int y, float cost) {}

  /** The piece's own sides come first, for a cut must leave ink beside them as well. */
  private List<int[]> candidates(double stroke, int count) {
    int cell = (int) Math.max(1, Math.max(stroke * CELL, (double) height / MOST_CELLS));
    List<Through> order = order(THROUGH * stroke + PAPER * height, cell);
    boolean[] passed = new boolean[width * height];
    int[] left = new int[height];
    int[] right = new int[height];
    Arrays.fill(right, width);
    List<int[]> ways = new ArrayList<>(List.of(left, right));
    for (Through each : order) {
      if (ways.size() == count + 2) {
        break;
      }
      if (!passed[each.y * width + each.x]) {
        int[] way = way(each.x, each.y);
        for (int y = 0; y < height; y++) {
          passed[y * width + way[y]] = true;
        }
        if (ways.stream().allMatch(other -> between(other, way) >= BETWEEN * stroke * stroke)) {
          ways.add(way);
        }
      }
    }
    return ways.subList(2, ways.size());
  }

  /**
   * Pixels of ink through which a way costs no more, the best first; then those in the middle. Of
   * each cell of a grid there is one: whoever asks for all ways through a large piece waits long.
   */
  private List<Through> order(double most, int cell) {
    List<Through> order = new ArrayList<>();
    for (int top = 0; top < height; top += cell) {
      for (int left = 0; left < width; left += cell) {
        Through best = null;
        for (int y = top; y < Math.min(height, top + cell); y++) {
          for (int x = left; x < Math.min(width, left + cell); x++) {
            int i = y * width + x;
            float through = above[i] + below[i] - cost[i];
            if (cost[i] == 1 && through <= most && (best == null || through < best.cost)) {
              best = new Through(x, y, through);
            }
          }
        }
        if (best != null) {
          order.add(best);
        }
      }
    }
    double centre = width / 2.0;
    order.sort(
        Comparator.comparingDouble(Through::cost)
            .thenComparingDouble(each -> Math.abs(each.x - centre)));
    return order;
  }

  /** How much ink lies between two ways, in pixels. */
  private int between(int[] one, int[] other) {
    int ink = 0;
    for (int y = 0; y < height; y++) {
      int row = y * (width + 1);
      ink += Math.abs(before[row + one[y]] - before[row + other[y]]);
    }
    return ink;
  }

  /** From left to right in each row: where two ways cross, they change places. */
  private static int[][] inOrder(List<int[]> ways) {
    int[][] sorted = new int[ways.size()][ways.getFirst().length];
    int[] row = new int[sorted.length];
    for (int y = 0; y < sorted[0].length; y++) {
      for (int i = 0; i < row.length; i++) {
        row[i] = ways.get(i)[y];
      }
      Arrays.sort(row);
      for (int i = 0; i < row.length; i++) {
        sorted[i][y] = row[i];
      }
    }
    return sorted;
  }

  /** The column in each row of the best way through a pixel. */
  private int[] way(int column, int row) {
    int[] way = new int[height];
    way[row] = column;
    for (int y = row - 1; y >= 0; y--) {
      way[y] = next(above, y, way[y + 1]);
    }
    for (int y = row + 1; y < height; y++) {
      way[y] = next(below, y, way[y - 1]);
    }
    return way;
  }

  private int next(float[] sums, int row, int x) {
    int next = x;
    float best = sums[row * width + x];
    for (int other = Math.max(0, x - 1); other <= Math.min(width - 1, x + 1); other++) {
      float sum = sums[row * width + other] + (other == x ? 0 : SIDEWAYS);
      if (sum < best) {
        best = sum;
        next = other;
      }
    }
    return next;
  }

  private List<Piece> split(Piece piece, int[][] ways) {
    List<Piece> parts = new ArrayList<>();
    for (int part = 0; part <= ways.length; part++) {
      float[] values = new float[width * height];
      int area = 0;
      int left = width;
      int right = 0;
      int top = height;
      int bottom = 0;
      for (int y = 0, i = 0; y < height; y++) {
        int from = part == 0 ? 0 : ways[part - 1][y];
        int to = part == ways.length ? width : ways[part][y];
        for (int x = 0; x < width; x++, i++) {
          if (x >= from && x < to) {
            values[i] = piece.ink().at(x, y);
            if (values[i] >= HALF) {
              area++;
              left = Math.min(left, x);
              right = Math.max(right, x + 1);
              top = Math.min(top, y);
              bottom = y + 1;
            }
          }
        }
      }
      if (area > 0) {
        parts.add(part(piece, values, area, new Box(left, top, right - left, bottom - top)));
      }
    }
    return parts;
  }

  private Piece part(Piece piece, float[] values, int area, Box within) {
    float[] own = new float[within.width() * within.height()];
    for (int y = 0; y < within.height(); y++) {
      System.arraycopy(
          values,
          (within.top() + y) * width + within.left(),
          own,
          y * within.width(),
          within.width());
    }
    Box box =
        new Box(
            piece.box().left() + within.left(),
            piece.box().top() + within.top(),
            within.width(),
            within.height());
    return new Piece(
        box,
        new Ink(within.width(), within.height(), own),
        area,
        piece.contrast(),
        piece.onEdge() ? 1 : 0);
  }
}
