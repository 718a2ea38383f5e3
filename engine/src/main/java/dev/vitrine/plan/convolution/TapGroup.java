package dev.vitrine.plan.convolution;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.Offsets;
import dev.vitrine.op.Span;
import dev.vitrine.op.Window;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Taps of a convolution's filters that have their positions in common: those outputs for which they
 * lie inside the image. Small images have many taps that lie outside it for most outputs.
 *
 * @param taps for each tap of a channel, its number (row by row) in the filter
 * @param rows output rows
 * @param columns output columns
 */
record TapGroup(int[] taps, Range rows, Range columns) {
  private static final int LANES = Kernels.LANES;

  /** A border of zeros costs less than groups while no more of the products meet it. */
  private static final double FEW_ZEROS = 0.25;

  /** From {@code first} to {@code end − 1}. */
  record Range(int first, int end) {
    int size() {
      return end - first;
    }

    /** The outputs along an axis for which a tap lies inside. */
    private static Range of(Span span, int tap, int in, int out) {
      int first = 0;
      while (first < out && span.source(first, tap) < 0) {
        first++;
      }
      int end = out;
      while (end > first && span.source(end - 1, tap) >= in) {
        end--;
      }
      return first == end ? new Range(0, 0) : new Range(first, end);
    }
  }

  /** The taps by their ranges: together they are all taps. */
  static List<TapGroup> of(Window window, Shape in, Shape out) {
    Map<List<Range>, List<Integer>> groups = new LinkedHashMap<>();
    for (int u = 0; u < window.h().kernel(); u++) {
      Range rows = Range.of(window.h(), u, in.size(1), out.size(1));
      for (int v = 0; v < window.w().kernel(); v++) {
        Range columns = Range.of(window.w(), v, in.size(2), out.size(2));
        groups
            .computeIfAbsent(List.of(rows, columns), key -> new ArrayList<>())
            .add(u * window.w().kernel() + v);
      }
    }
    List<TapGroup> all = new ArrayList<>();
    groups.forEach((ranges, taps) ->
        all.add(
            new TapGroup(taps.stream().mapToInt(t -> t).toArray(), ranges.get(0), ranges.get(1))));
    return all;
  }

  /** Whether to treat groups one by one; otherwise all taps are one with a border of zeros. */
  static boolean pay(List<TapGroup> groups, Window window, Shape out) {
    double inside = groups.stream().mapToDouble(g -> (double) g.taps.length * g.positions()).sum();
    double all = (double) window.elements() * out.size(1) * out.size(2);
    return inside < (1 - FEW_ZEROS) * all;
  }

  /** All taps for all outputs. */
  static TapGroup whole(Window window, Shape out) {
    int[] taps = new int[window.elements()];
    Arrays.setAll(taps, t -> t);
    return new TapGroup(taps, new Range(0, out.size(1)), new Range(0, out.size(2)));
  }

  int positions() {
    return rows.size() * columns.size();
  }

  /**
   * For each number of blocks, where each position's elements start, block by block in rows.
   *
   * @param row elements from one output row to the next, {@code column} from one column
   */
  Offsets[] at(int row, int column, int blockStride, int blocks) {
    Offsets[] all = new Offsets[blocks + 1];
    for (int n = 0; n <= blocks; n++) {
      int[] at = new int[n * positions()];
      for (int p = 0; p < at.length; p++) {
        int position = p % positions();
        int i = rows.first + position / columns.size();
        int j = columns.first + position % columns.size();
        at[p] = p / positions() * blockStride + (i * row + j * column) * LANES;
      }
      all[n] = Offsets.of(at);
    }
    return all;
  }
}
