package dev.vitrine.plan.convolution;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.Stencil;
import dev.vitrine.op.Span;
import dev.vitrine.op.Window;
import dev.vitrine.plan.steps.Padding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The stencil of a convolution or of its input gradient: which taps make up each tile of pixels.
 *
 * <p>Taps that fall outside the image for every pixel of a tile are left out; those that fall
 * outside for some read zeros from a padded copy. In the gradient of a strided convolution, pixels
 * of equal remainder modulo the stride (a phase) share their taps, so tiles never mix phases.
 */
final class ConvolutionTables {
  private static final int LANES = Kernels.LANES;
  private static final int TILE = Stencil.TILE;

  /**
   * One phase along one axis.
   *
   * @param at the output coordinates of its positions
   * @param base for each position, the source coordinate that taps are counted from
   * @param tap the taps that exist for it
   * @param shift for each tap, its source coordinate less the position's base
   * @param size the number of source coordinates
   */
  private record Phase(int[] at, int[] base, int[] tap, int[] shift, int size) {
    boolean inside(int position, int t) {
      int source = base[position] + shift[t];
      return source >= 0 && source < size;
    }

    /** For each position, whether all taps are inside. */
    boolean[] whole() {
      boolean[] whole = new boolean[at.length];
      for (int position = 0; position < at.length; position++) {
        whole[position] = true;
        for (int t = 0; t < tap.length; t++) {
          whole[position] &= inside(position, t);
        }
      }
      return whole;
    }
  }

  /**
   * The taps of a tile, as pairs of numbers of its phases' taps. Its methods are written out,
   * because a record's own are put together at their first call, which takes longer than the plan.
   */
  private record Program(Phase h, Phase w, int[] pairs) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Program p && p.h == h && p.w == w && Arrays.equals(p.pairs, pairs);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(pairs);
    }

    int row(int pair) {
      return pair / w.tap.length;
    }

    int column(int pair) {
      return pair % w.tap.length;
    }
  }

  /** The least and the greatest base of some positions. */
  private record Range(int least, int most) {
    static Range of(int[] base, int[] positions) {
      int least = Integer.MAX_VALUE;
      int most = Integer.MIN_VALUE;
      for (int position : positions) {
        least = Math.min(least, base[position]);
        most = Math.max(most, base[position]);
      }
      return new Range(least, most);
    }
  }

  /** Positions that share their taps; {@code blocks} counts from the group's first. */
  private record Tile(Program program, int[] rows, int[] columns, int[] blocks) {}

  private final List<Tile> tiles = new ArrayList<>();
  private final int height;
  private final int width;

  /** How many blocks of examples a tile spans: each pixel is then a position once for each. */
  private final int blocks;

  private ConvolutionTables(int height, int width, int blocks) {
    this.height = height;
    this.width = width;
    this.blocks = blocks;
  }

  /** Tables of {@code y = w ∗ x}: sources are pixels of x, positions those of y. */
  static ConvolutionTables forward(
      Window window, int inH, int inW, int outH, int outW, int blocks) {
    ConvolutionTables tables = new ConvolutionTables(inH, inW, blocks);
    tables.add(forward(window.h(), inH, outH), forward(window.w(), inW, outW));
    return tables;
  }

  /** Tables of dx: sources are pixels of dy (outH × outW), positions those of x. */
  static ConvolutionTables gradient(
      Window window, int inH, int inW, int outH, int outW, int blocks) {
    ConvolutionTables tables = new ConvolutionTables(outH, outW, blocks);
    for (int i = 0; i < Math.min(window.h().stride(), inH); i++) {
      for (int j = 0; j < Math.min(window.w().stride(), inW); j++) {
        tables.add(gradient(window.h(), i, inH, outH), gradient(window.w(), j, inW, outW));
      }
    }
    return tables;
  }

  private static Phase forward(Span span, int in, int out) {
    int[] at = new int[out];
    int[] base = new int[out];
    for (int o = 0; o < out; o++) {
      at[o] = o;
      base[o] = span.source(o, 0);
    }
    int[] tap = new int[span.kernel()];
    int[] shift = new int[span.kernel()];
    for (int t = 0; t < tap.length; t++) {
      tap[t] = t;
      shift[t] = t * span.dilation();
    }
    return new Phase(at, base, tap, shift, in);
  }

  private static Phase gradient(Span span, int phase, int in, int out) {
    int n = (in - phase + span.stride() - 1) / span.stride();
    int[] at = new int[n];
    int[] base = new int[n];
    for (int m = 0; m < n; m++) {
      at[m] = phase + m * span.stride();
      base[m] = m;
    }
    int[] tap = new int[span.kernel()];
    int[] shift = new int[span.kernel()];
    int taps = 0;
    for (int t = 0; t < span.kernel(); t++) {
      int distance = phase + span.before() - t * span.dilation();
      if (Math.floorMod(distance, span.stride()) == 0) {
        tap[taps] = t;
        shift[taps++] = Math.floorDiv(distance, span.stride());
      }
    }
    return new Phase(at, base, Arrays.copyOf(tap, taps), Arrays.copyOf(shift, taps), out);
  }

  private void add(Phase h, Phase w) {
    int positions = h.at.length * w.at.length;
    int pixels = TILE / blocks;
    boolean[] wholeRow = h.whole();
    boolean[] wholeColumn = w.whole();
    Program all = new Program(h, w, allPairs(h, w));
    for (int first = 0; first < positions; first += pixels) {
      int[] rows = new int[TILE];
      int[] columns = new int[TILE];
      int[] block = new int[TILE];
      boolean whole = false;
      for (int p = 0; p < TILE; p++) {
        int position = Math.min(first + p / blocks, positions - 1);
        rows[p] = position / w.at.length;
        columns[p] = position % w.at.length;
        block[p] = p % blocks;
        whole |= wholeRow[rows[p]] && wholeColumn[columns[p]];
      }
      Program program = whole ? all : new Program(h, w, pairs(h, w, rows, columns));
      tiles.add(new Tile(program, rows, columns, block));
    }
  }

  /** Taps of all tiles, for each block of examples: what a choice of {@link #blocks} costs. */
  double cost() {
    long taps = 0;
    for (Tile tile : tiles) {
      taps += tile.program.pairs.length;
    }
    return taps / (double) blocks;
  }

  private static int[] allPairs(Phase h, Phase w) {
    int[] pairs = new int[h.tap.length * w.tap.length];
    Arrays.setAll(pairs, i -> i);
    return pairs;
  }

  /** The taps that some position of a tile has inside the image. */
  private static int[] pairs(Phase h, Phase w, int[] rows, int[] columns) {
    int[] pairs = new int[h.tap.length * w.tap.length];
    int n = 0;
    for (int u = 0; u < h.tap.length; u++) {
      for (int v = 0; v < w.tap.length; v++) {
        boolean used = false;
        for (int p = 0; p < TILE && !used; p++) {
          used = h.inside(rows[p], u) && w.inside(columns[p], v);
        }
        if (used) {
          pairs[n++] = u * w.tap.length + v;
        }
      }
    }
    return Arrays.copyOf(pairs, n);
  }

  /** The border of zeros that the tiles reach into. */
  Padding padding(int channels) {
    int top = 0;
    int bottom = 0;
    int left = 0;
    int right = 0;
    for (Tile tile : tiles) {
      Program program = tile.program;
      Range rows = Range.of(program.h.base, tile.rows);
      Range columns = Range.of(program.w.base, tile.columns);
      for (int pair : program.pairs) {
        int row = program.h.shift[program.row(pair)];
        int column = program.w.shift[program.column(pair)];
        top = Math.max(top, -(rows.least + row));
        bottom = Math.max(bottom, rows.most + row - height + 1);
        left = Math.max(left, -(columns.least + column));
        right = Math.max(right, columns.most + column - width + 1);
      }
    }
    return new Padding(channels, height, width, top, bottom, left, right);
  }

  /**
   * The stencil.
   *
   * @param padding the source's border, at least {@link #padding}
   * @param channels source channels that a sum runs over
   * @param wChannel floats of the weight from one such channel to the next
   * @param kernelWidth taps in a row of the weight
   * @param outWidth positions in a row of the output
   * @param xBlock floats of the source from one block to the next
   * @param yBlock floats of the output from one block to the next
   */
  Stencil stencil(
      Padding padding,
      int channels,
      int wChannel,
      int kernelWidth,
      int outWidth,
      int xBlock,
      int yBlock) {
    Map<Program, Integer> numbers = new LinkedHashMap<>();
    int[] program = new int[tiles.size()];
    int[] xBase = new int[tiles.size() * TILE];
    int[] yBase = new int[xBase.length];
    for (int i = 0; i < program.length; i++) {
      Tile tile = tiles.get(i);
      Integer known = numbers.putIfAbsent(tile.program, numbers.size());
      program[i] = known == null ? numbers.size() - 1 : known;
      for (int p = 0; p < TILE; p++) {
        int row = tile.program.h.base[tile.rows[p]] + padding.top();
        int column = tile.program.w.base[tile.columns[p]] + padding.left();
        int pixel = (row * padding.paddedWidth() + column) * LANES;
        xBase[i * TILE + p] = pixel + tile.blocks[p] * xBlock;
        int outRow = tile.program.h.at[tile.rows[p]];
        int outPixel = (outRow * outWidth + tile.program.w.at[tile.columns[p]]) * LANES;
        yBase[i * TILE + p] = outPixel + tile.blocks[p] * yBlock;
      }
    }
    int[][] xTerm = new int[numbers.size()][];
    int[][] wTerm = new int[numbers.size()][];
    for (Map.Entry<Program, Integer> entry : numbers.entrySet()) {
      int terms = channels * entry.getKey().pairs.length;
      int number = entry.getValue();
      xTerm[number] = new int[terms];
      wTerm[number] = new int[terms];
      fill(entry.getKey(), padding, wChannel, kernelWidth, xTerm[number], wTerm[number]);
    }
    return new Stencil(xBase, yBase, null, program, xTerm, wTerm);
  }

  /** The terms of the first channel, then those of the others, which lie as far apart. */
  private static void fill(
      Program program, Padding padding, int wChannel, int kernelWidth, int[] xTerm, int[] wTerm) {
    int taps = program.pairs.length;
    int xChannel = padding.paddedHeight() * padding.paddedWidth() * LANES;
    for (int t = 0; t < taps; t++) {
      int u = program.row(program.pairs[t]);
      int v = program.column(program.pairs[t]);
      int pixel = program.h.shift[u] * padding.paddedWidth() + program.w.shift[v];
      xTerm[t] = pixel * LANES;
      wTerm[t] = program.h.tap[u] * kernelWidth + program.w.tap[v];
    }
    for (int t = taps; t < xTerm.length; t++) {
      xTerm[t] = xTerm[t - taps] + xChannel;
      wTerm[t] = wTerm[t - taps] + wChannel;
    }
  }
}
