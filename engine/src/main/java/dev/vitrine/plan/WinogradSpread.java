package dev.vitrine.plan;

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
    return of(
        t,
        rows,
        t.down().input,
        t.along().input,
        t.channels(),
        t.channels(),
        t.coveredHeight(),
        t.coveredWidth());
  }

  /**
   * Of dy, with what hangs over.
   *
   * @param atOnce channels that the second pass does at once
   */
  static WinogradSpread ofOutput(WinogradTiles t, int rows, int atOnce) {
    return of(
        t,
        rows,
        t.down().outputBack,
        t.along().outputBack,
        t.filters(),
        atOnce,
        t.tiledHeight(),
        t.tiledWidth());
  }

  private static WinogradSpread of(
      WinogradTiles t,
      int rows,
      LinearMap downMap,
      LinearMap alongMap,
      int channels,
      int atOnce,
      int height,
      int width) {
    int size = t.down().size;
    int row = width * LANES;
    int number = WinogradTiles.spaced(atOnce * rows * t.columns());
    LinearPass down =
        new LinearPass(downMap, Store.SET, row, row, width, LANES, LANES, height * row, size * row);
    LinearPass along =
        new LinearPass(
            alongMap,
            Store.SET,
            LANES,
            number,
            t.columns(),
            t.along().outputs * LANES,
            LANES,
            size * row,
            rows * t.columns() * LANES);
    return new WinogradSpread(channels, rows, t.rows(), t.down().outputs * row, down, along);
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
  int columns() {
    return channels * down.yOuter();
  }

  /** Floats of what the first pass makes. */
  int between() {
    return rows * columns();
  }

  /** Where number j of row i of the transforms starts. */
  int number(int j) {
    return j * along.yStep();
  }

  /** Floats of row i of the transforms. */
  int size() {
    return number(along.map().outputs());
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

  /** The first pass, of a task's first {@code count} rows, to {@code y} from {@code at}. */
  void down(Kernels kernels, int task, int count, Buffer x, float[] y, int at) {
    for (int row = 0; row < count; row++) {
      int from = x.block(block(task, row)) + rowOfBlock(task, row) * pixels;
      int to = at + row * columns();
      kernels.linear(down, channels, x.data, from, null, 0, 0, y, to);
    }
  }

  /** The second pass, for row i of the transforms: from {@code at} to {@code to}. */
  void along(Kernels kernels, int i, int count, float[] scratch, int at, int to) {
    along(kernels, i, count, 0, channels, scratch, at, scratch, to);
  }

  /**
   * The second pass, for row i of the transforms of some channels.
   *
   * @param first the first channel
   * @param used how many channels
   * @param x what the first pass has made, from {@code x0}
   * @param y for the transforms, from {@code y0}
   */
  void along(
      Kernels kernels,
      int i,
      int count,
      int first,
      int used,
      float[] x,
      int x0,
      float[] y,
      int y0) {
    for (int row = 0; row < count; row++) {
      int from = x0 + row * columns() + i * down.yStep() + first * down.yOuter();
      kernels.linear(along, used, x, from, null, 0, 0, y, y0 + row * along.inner() * LANES);
    }
  }
}
