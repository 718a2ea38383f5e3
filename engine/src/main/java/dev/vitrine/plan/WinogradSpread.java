package dev.vitrine.plan;

import static dev.vitrine.plan.Winograd.SIZE;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.LinearMap;
import dev.vitrine.kernel.LinearPass;
import dev.vitrine.kernel.LinearPass.Store;

/**
 * The transforms of images: {@code Bᵀ X B} for x, {@code A dY Aᵀ} for dy. A task does a few rows of
 * tiles, counted over all blocks: down their columns, {@code [channel][i][column][lane]} for each
 * row of tiles, and then along the rows, {@code [i][j][channel][tile][lane]}, number (i, j) of all
 * tiles side by side.
 *
 * @param channels of the image
 * @param rows of tiles a task
 * @param rowsPerBlock of tiles
 * @param pixels floats from the pixels of one row of tiles to the next
 * @param down the pass down the columns
 * @param along the pass along the rows
 */
record WinogradSpread(
    int channels, int rows, int rowsPerBlock, int pixels, LinearPass down, LinearPass along) {
  private static final int LANES = Kernels.LANES;

  /** Of x, with its border. */
  static WinogradSpread ofInput(WinogradTiles t, int rows) {
    return of(t, rows, Winograd.INPUT, t.channels(), t.coveredHeight(), t.coveredWidth());
  }

  /** Of dy, with what hangs over. */
  static WinogradSpread ofOutput(WinogradTiles t, int rows) {
    int m = t.step();
    return of(t, rows, t.matrices().outputBack, t.filters(), t.rows() * m, t.columns() * m);
  }

  private static WinogradSpread of(
      WinogradTiles t, int rows, LinearMap map, int channels, int height, int width) {
    int row = width * LANES;
    int number = WinogradTiles.spaced(channels * rows * t.columns());
    LinearPass down =
        new LinearPass(map, Store.SET, row, row, width, LANES, LANES, height * row, SIZE * row);
    LinearPass along =
        new LinearPass(
            map,
            Store.SET,
            LANES,
            number,
            t.columns(),
            t.step() * LANES,
            LANES,
            SIZE * row,
            rows * t.columns() * LANES);
    return new WinogradSpread(channels, rows, t.rows(), t.step() * row, down, along);
  }

  /** Lets the kernels make ready for both passes. */
  void announce(Kernels kernels) {
    kernels.expect(down);
    kernels.expect(along);
  }

  /** Tiles of a task. */
  int tiles() {
    return rows * along.inner();
  }

  /** Floats of what the first pass makes of a row of tiles. */
  private int columns() {
    return channels * down.yOuter();
  }

  /** Floats of what the first pass makes. */
  int between() {
    return rows * columns();
  }

  /** Floats of row i of the transforms. */
  int size() {
    return SIZE * along.yStep();
  }

  int tasks(int blocks) {
    return (blocks * rowsPerBlock + rows - 1) / rows;
  }

  /** How many of a task's rows of tiles a batch of so many blocks has. */
  int count(int task, int blocks) {
    return Math.min(rows, blocks * rowsPerBlock - task * rows);
  }

  /** The block of a task's row of tiles. */
  int block(int task, int row) {
    return (task * rows + row) / rowsPerBlock;
  }

  /** Which of its block's rows of tiles a task's row is. */
  int rowOfBlock(int task, int row) {
    return (task * rows + row) % rowsPerBlock;
  }

  /** The first pass, of a task's first {@code count} rows, to scratch from {@code at}. */
  void down(Kernels kernels, int task, int count, Buffer x, float[] scratch, int at) {
    for (int row = 0; row < count; row++) {
      int from = x.block(block(task, row)) + rowOfBlock(task, row) * pixels;
      int to = at + row * columns();
      kernels.linear(down, channels, x.data, from, null, 0, 0, scratch, to);
    }
  }

  /** The second pass, for row i of the transforms: from {@code at} to {@code to}. */
  void along(Kernels kernels, int i, int count, float[] scratch, int at, int to) {
    for (int row = 0; row < count; row++) {
      int from = at + row * columns() + i * down.yStep();
      int result = to + row * along.inner() * LANES;
      kernels.linear(along, channels, scratch, from, null, 0, 0, scratch, result);
    }
  }
}
