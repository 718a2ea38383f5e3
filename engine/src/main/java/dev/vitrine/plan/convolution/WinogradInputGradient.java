package dev.vitrine.plan.convolution;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.LinearPass;
import dev.vitrine.kernel.LinearPass.Store;
import dev.vitrine.op.Value;
import dev.vitrine.plan.memory.Buffer;
import dev.vitrine.plan.memory.Step;
import dev.vitrine.plan.steps.Lowering;
import java.util.Arrays;
import java.util.List;

/**
 * {@code dX = B [ U ⊙ (A dY Aᵀ) ] Bᵀ}, in two steps: for each row of tiles the products, added up
 * along the row where tiles overlap; then the rows, added up where they overlap. Sums so have one
 * order, however many threads there are.
 */
final class WinogradInputGradient {
  private static final int LANES = Kernels.LANES;

  private WinogradInputGradient() {}

  static void lower(Lowering l, WinogradTiles t, Value value) {
    Buffer w = l.flat(value.inputs().getFirst());
    // A sum's terms are filters here.
    Buffer u = WinogradWeights.of(l, t, value, w, !l.kernels.prefersRows());
    Buffer dy = l.lanes(value, 1);
    Buffer dx = l.newLanes(value);
    int plane = WinogradTiles.spaced(t.channels() * t.coveredWidth());
    Buffer between = l.newLanes((long) t.rows() * t.down().size * plane / LANES, dx.perExample());
    alongRows(l, t, value, u, dy, between);
    downColumns(l, t, value, between, dx);
  }

  private static void alongRows(
      Lowering l, WinogradTiles t, Value value, Buffer u, Buffer dy, Buffer between) {
    WinogradSpread spread =
        WinogradSpread.ofOutput(t, t.rowsPerTask(dy.perExample() ? l.maxBlocks : 1), t.filters());
    int width = t.coveredWidth() * LANES;
    int plane = WinogradTiles.spaced(t.channels() * t.coveredWidth());
    WinogradProducts products =
        WinogradProducts.of(t, spread.tiles(), t.channels(), t.filters(), l.kernels.prefersRows());
    LinearPass along =
        new LinearPass(
            t.along().inputBack,
            Store.ADD,
            products.plane(),
            LANES,
            t.columns(),
            LANES,
            t.along().outputs * LANES,
            spread.tiles() * LANES,
            width);
    spread.announce(l.kernels);
    products.announce(l.kernels, t.channels());
    l.kernels.expect(along);
    int size = t.down().size;
    int in = spread.between();
    int out = in + spread.size();
    l.add(
        new Step(
                Lowering.name(value, "Convolution.InputGradient"),
                List.of(u, dy),
                List.of(between),
                batch -> spread.tasks(batch.blocks(dy)),
                (task, batch, scratch) -> {
                  int count = spread.count(task, batch.blocks(dy));
                  int used = count * t.columns();
                  // A block's rows of tiles follow each other, and so do the blocks'.
                  int to = between.offset() + task * spread.rows() * size * plane;
                  Arrays.fill(between.data(), to, to + count * size * plane, 0);
                  spread.down(l.kernels, task, count, dy, scratch, 0, scratch, in);
                  for (int i = 0; i < size; i++) {
                    spread.along(l.kernels, i, count, scratch, 0, in);
                    products.run(l.kernels, i, 0, t.channels(), used, u, scratch, in, out);
                    for (int row = 0; row < count; row++) {
                      int from = out + row * t.columns() * LANES;
                      int sums = to + (row * size + i) * plane;
                      l.kernels.linear(
                          along, t.channels(), scratch, from, null, 0, 0, between.data(), sums);
                    }
                  }
                })
            .scratch(Math.max(out + products.floats(), in + spread.copy())));
  }

  private static void downColumns(
      Lowering l, WinogradTiles t, Value value, Buffer between, Buffer dx) {
    int width = t.coveredWidth() * LANES;
    int plane = WinogradTiles.spaced(t.channels() * t.coveredWidth());
    int row = t.inWidth() * LANES;
    int image = t.inHeight() * row;
    LinearPass down =
        new LinearPass(t.down().inputBack, Store.ADD, plane, row, t.inWidth(), LANES, LANES, 0, 0);
    l.add(
        new Step(
                Lowering.name(value, "Convolution.InputGradient, columns"),
                List.of(between),
                List.of(dx),
                batch -> batch.blocks(dx) * t.channels(),
                (task, batch, scratch) -> {
                  int block = task / t.channels();
                  int channel = task % t.channels();
                  int from = between.block(block) + channel * width + t.left() * LANES;
                  Arrays.fill(scratch, 0, t.coveredHeight() * row, 0);
                  for (int i = 0; i < t.rows(); i++) {
                    int at = from + i * t.down().size * plane;
                    int to = i * t.down().outputs * row;
                    l.kernels.linear(down, 1, between.data(), at, null, 0, 0, scratch, to);
                  }
                  int to = dx.block(block) + channel * image;
                  System.arraycopy(scratch, t.top() * row, dx.data(), to, image);
                })
            .scratch(t.coveredHeight() * row));
  }
}
