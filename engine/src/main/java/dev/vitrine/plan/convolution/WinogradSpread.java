package dev.vitrine.plan.convolution;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.LinearMap;
import dev.vitrine.kernel.LinearPass;
import dev.vitrine.kernel.LinearPass.Store;
import dev.vitrine.plan.memory.Buffer;
import java.util.Arrays;

/**
 * The transforms of images: {@code Bᵀ X B} for x, {@code A dY Aᵀ} for dy. A task does a few rows of
 * tiles, counted over all blocks: down their columns, {@code [channel][i][column][lane]} for each
 * row of tiles, and then along the rows, {@code [i][j][channel][tile][lane]}, number (i, j) of all
 * tiles side by side.
 *
 * <p>What tiles cover outside the image is 0: columns beside it are only cleared, and rows of tiles
 * that reach above or below it are copied first, with rows of zeros.
 *
 * @param channels of the image
 * @param rows of tiles a task
 * @param rowsPerBlock of tiles
 * @param step rows of pixels from a row of tiles to the next
 * @param height of the image
 * @param top rows that the tiles cover above it
 * @param left columns that they cover before it
 * @param down the pass down the columns of the image
 * @param downCopy the same of a copy of a row of tiles' pixels
 * @param along the pass along the rows
 */
record WinogradSpread(
    int channels,
    int rows,
    int rowsPerBlock,
    int step,
    int height,
    int top,
    int left,
    LinearPass down,
    LinearPass downCopy,
    LinearPass along) {
  private static final int LANES = Kernels.LANES;

  /** Of x. */
  static WinogradSpread ofInput(WinogradTiles t, int rows) {
    LinearMap map = t.down().input;
    LinearPass down = down(t, map, t.inHeight(), t.inWidth(), t.coveredWidth());
    LinearPass copy = down(t, map, map.inputs(), t.inWidth(), t.coveredWidth());
    int m = t.down().outputs;
    LinearPass along = along(t, t.along().input, t.channels(), rows, t.coveredWidth());
    return new WinogradSpread(
        t.channels(), rows, t.rows(), m, t.inHeight(), t.top(), t.left(), down, copy, along);
  }

  /**
   * Of dy.
   *
   * @param atOnce channels that the second pass does at once
   */
  static WinogradSpread ofOutput(WinogradTiles t, int rows, int atOnce) {
    LinearMap map = t.down().outputBack;
    LinearPass down = down(t, map, t.outHeight(), t.outWidth(), t.tiledWidth());
    LinearPass copy = down(t, map, map.inputs(), t.outWidth(), t.tiledWidth());
    int m = t.down().outputs;
    LinearPass along = along(t, t.along().outputBack, atOnce, rows, t.tiledWidth());
    return new WinogradSpread(
        t.filters(), rows, t.rows(), m, t.outHeight(), 0, 0, down, copy, along);
  }

  private static LinearPass down(
      WinogradTiles t, LinearMap map, int height, int width, int covered) {
    int row = covered * LANES;
    return new LinearPass(
        map,
        Store.SET,
        width * LANES,
        row,
        width,
        LANES,
        LANES,
        height * width * LANES,
        t.down().size * row);
  }

  private static LinearPass along(
      WinogradTiles t, LinearMap map, int atOnce, int rows, int covered) {
    return new LinearPass(
        map,
        Store.SET,
        LANES,
        WinogradTiles.spaced(atOnce * rows * t.columns()),
        t.columns(),
        t.along().outputs * LANES,
        LANES,
        t.down().size * covered * LANES,
        rows * t.columns() * LANES);
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

  /** Floats of a copy of a row of tiles' pixels. */
  int copy() {
    return channels * downCopy.xOuter();
  }

  /**
   * The first pass, of a task's first {@code count} rows, to {@code y} from {@code at}.
   *
   * @param copy room for a {@link #copy}, from {@code copyAt}
   */
  void down(
      Kernels kernels, int task, int count, Buffer x, float[] y, int at, float[] copy, int copyAt) {
    for (int row = 0; row < count; row++) {
      int image = x.block(block(task, row));
      int first = rowOfBlock(task, row) * step - top;
      int to = at + row * columns() + left * LANES;
      if (first >= 0 && first + down.map().inputs() <= height) {
        int from = image + first * down.xStep();
        kernels.linear(down, channels, x.data(), from, null, 0, 0, y, to);
      } else {
        copy(x.data(), image, first, copy, copyAt);
        kernels.linear(downCopy, channels, copy, copyAt, null, 0, 0, y, to);
      }
      clearSides(y, at + row * columns());
    }
  }

  private void copy(float[] x, int image, int first, float[] y, int to) {
    int size = down.xStep();
    int inputs = down.map().inputs();
    for (int k = 0; k < channels * inputs; k++) {
      int row = first + k % inputs;
      int at = to + k * size;
      if (row >= 0 && row < height) {
        System.arraycopy(x, image + k / inputs * down.xOuter() + row * size, y, at, size);
      } else {
        Arrays.fill(y, at, at + size, 0);
      }
    }
  }

  private void clearSides(float[] y, int from) {
    int right = left * LANES + down.xStep();
    if (left > 0 || right < down.yStep()) {
      for (int at = from; at < from + columns(); at += down.yStep()) {
        Arrays.fill(y, at, at + left * LANES, 0);
        Arrays.fill(y, at + right, at + down.yStep(), 0);
      }
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
