package dev.vitrine.plan;

import static dev.vitrine.plan.Winograd.SIZE;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.LinearMap;
import dev.vitrine.kernel.LinearPass;
import dev.vitrine.kernel.LinearPass.Store;
import java.util.List;

/**
 * The transforms of images: {@code Bᵀ X B} for x, {@code A dY Aᵀ} for dy. A task does a few rows of
 * tiles, counted over all blocks, down their columns first and then along the rows. Its result is
 * {@code [i][j][channel][tile][lane]}, number (i, j) of all tiles side by side.
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

  /** What a transform is derived from a buffer as. */
  private record Key(LinearMap map, int channels, int rows, LinearPass along) {}

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
            row,
            SIZE * number);
    return new WinogradSpread(channels, rows, t.rows(), t.step() * row, down, along);
  }

  /** Tiles of a task. */
  int tiles() {
    return rows * along.inner();
  }

  /** Floats from one (i, j) to the next. */
  int number() {
    return along.yStep();
  }

  /** Floats of a task's result. */
  int size() {
    return SIZE * SIZE * number();
  }

  /** Floats of scratch. */
  int scratch() {
    return down.yOuter();
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

  /** A task: its first {@code count} rows; scratch is used from {@code at}. */
  void run(
      Kernels kernels, int task, int count, Buffer x, float[] scratch, int at, float[] y, int to) {
    for (int row = 0; row < count; row++) {
      int from = x.block(block(task, row)) + rowOfBlock(task, row) * pixels;
      int result = to + row * along.inner() * LANES;
      for (int c = 0; c < channels; c++) {
        kernels.linear(down, 1, x.data, from + c * down.xOuter(), null, 0, 0, scratch, at);
        int channel = result + c * tiles() * LANES;
        kernels.linear(along, SIZE, scratch, at, null, 0, 0, y, channel);
      }
    }
  }

  /** The place of a buffer's transforms: where an earlier step left them, or {@code null}. */
  Buffer known(Lowering l, Buffer x) {
    return l.derived(x, key());
  }

  /** A new place for a buffer's transforms, which the caller's step will fill. */
  Buffer place(Lowering l, Buffer x) {
    Buffer place = Buffer.flat(tasks(x.perExample() ? l.maxBlocks : 1) * size());
    l.derive(x, key(), place);
    return place;
  }

  /** A buffer's transforms: from an earlier step, or from one of their own. */
  Buffer step(Lowering l, Buffer x, String name) {
    Buffer known = known(l, x);
    if (known != null) {
      return known;
    }
    Buffer y = place(l, x);
    l.add(
        new Step(
                name,
                List.of(x),
                List.of(y),
                batch -> tasks(batch.blocks(x)),
                (task, batch, scratch) -> {
                  int count = count(task, batch.blocks(x));
                  run(l.kernels, task, count, x, scratch, 0, y.data, y.offset + task * size());
                })
            .scratch(scratch()));
    return y;
  }

  private Key key() {
    return new Key(along.map(), channels, rows, along);
  }
}
