package dev.vitrine.vision.find;

import dev.vitrine.vision.cut.Ink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where a piece may be cut from top to bottom: ways of adjoining pixels that go through as little
 * ink as possible, found by dynamic programming from above and from below. Of all ways through one
 * pixel of the middle row the best is known; local minima along that row are the candidates.
 */
final class Seams {
  private static final float HALF = 0.5f;

  /** What a pixel without ink costs, of one with: ways are to be short. */
  private static final float PAPER = 0.02f;

  private static final float SIDEWAYS = 0.1f;

  private final int width;
  private final int height;
  private final float[] cost;
  private final float[] above;
  private final float[] below;

  private Seams(Ink ink) {
    width = ink.width();
    height = ink.height();
    cost = new float[width * height];
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++, i++) {
        cost[i] = ink.at(x, y) >= HALF ? 1 : PAPER;
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
   * @param most how many pixels of ink a cut may go through
   * @param apart how many pixels lie between cuts, and beside them, at least
   * @param count how many cuts there are at most
   */
  static List<Piece> parts(Piece piece, double most, int apart, int count) {
    if (piece.box().width() <= 2 * apart) {
      return List.of(piece);
    }
    Seams seams = new Seams(piece.ink());
    List<Integer> middles = seams.candidates(most, apart, count);
    if (middles.isEmpty()) {
      return List.of(piece);
    }
    int[][] ways = new int[middles.size()][];
    for (int i = 0; i < ways.length; i++) {
      ways[i] = seams.way(middles.get(i));
    }
    return seams.split(piece, ways);
  }

  private List<Integer> candidates(double most, int apart, int count) {
    int middle = height / 2 * width;
    float[] through = new float[width];
    for (int x = 0; x < width; x++) {
      through[x] = above[middle + x] + below[middle + x] - cost[middle + x];
    }
    List<Integer> order = new ArrayList<>();
    for (int x = apart; x < width - apart; x++) {
      if (through[x] <= most + PAPER * height) {
        order.add(x);
      }
    }
    double centre = width / 2.0;
    order.sort(
        Comparator.comparingDouble((Integer x) -> through[x])
            .thenComparingDouble(x -> Math.abs(x - centre)));
    List<Integer> chosen = new ArrayList<>();
    for (int x : order) {
      if (chosen.size() < count && chosen.stream().allMatch(o -> Math.abs(o - x) >= apart)) {
        chosen.add(x);
      }
    }
    chosen.sort(Comparator.naturalOrder());
    return chosen;
  }

  /** The column in each row. */
  private int[] way(int middle) {
    int[] way = new int[height];
    way[height / 2] = middle;
    for (int y = height / 2 - 1; y >= 0; y--) {
      way[y] = next(above, y, way[y + 1]);
    }
    for (int y = height / 2 + 1; y < height; y++) {
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
