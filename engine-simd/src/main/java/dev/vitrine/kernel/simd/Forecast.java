package dev.vitrine.kernel.simd;

import dev.vitrine.kernel.Offsets;
import dev.vitrine.kernel.Stencil;

/**
 * Which tiles a plan's sums will need, so that C2 compiles them while the plan is made: it goes
 * through the same choices as {@link SimdKernels}, and computes nothing.
 */
record Forecast(TileSet tiles) {
  /** The tiles of {@link SimdKernels#stencil} over all of a stencil's tiles. */
  void expect(Stencil s, int rows, int terms) {
    for (int tile = 0, next; tile < s.tiles(); tile = next) {
      next = tile + 1;
      int there = s.positions(tile);
      if (s.isPartial(tile * Stencil.TILE + there - 1)) {
        continue;
      }
      int program = s.program()[tile];
      int n = Math.min(terms, s.xTerm()[program].length);
      next = tiles.sizes().endOfAlike(s, tile, s.tiles(), n);
      TileSet.Family family = tiles.stencils(s, program);
      expect(family, rows, there, there + (next - tile - 1) * Stencil.TILE);
    }
  }

  private void expect(TileSet.Family family, int rows, int there, int positions) {
    for (int row = 0, count; row < rows; row += count) {
      count = tiles.sizes().rows(rows - row, there, family.byTable());
      int across = tiles.sizes().positions(count, there);
      family.expect(count, across);
      if (positions % across > 0) {
        family.expect(count, positions % across);
      }
    }
  }

  /** The tiles of {@link SimdKernels#correlate}. */
  void expect(int rows, Offsets dyAt, Offsets xAt, int[] tap) {
    TileSizes sizes = tiles.sizes();
    for (int t = 0, taps; t < tap.length; t += taps) {
      int run = sizes.neighbours(tap, t);
      boolean slides = run > 1;
      taps = slides ? run : sizes.taps(tap.length - t);
      for (int row = 0, count; row < rows; row += count) {
        count = sizes.correlateRows(rows - row, taps, slides);
        tiles.expectCorrelate(count, taps, slides, dyAt.step(), xAt.step());
      }
    }
  }
}
