package dev.vitrine.plan.convolution;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.LinearPass;
import dev.vitrine.kernel.LinearPass.Store;
import dev.vitrine.op.Value;
import dev.vitrine.plan.memory.Batch;
import dev.vitrine.plan.memory.Buffer;
import dev.vitrine.plan.memory.Step;
import dev.vitrine.plan.steps.Epilogue;
import dev.vitrine.plan.steps.Lowering;
import java.util.List;

/**
 * {@code Y = Aᵀ [ U ⊙ (Bᵀ X B) ] A}, with the bias and a ReLU as it is stored. A task transforms
 * the columns of a few rows of tiles; then, for each row of the transforms, it transforms along the
 * rows, multiplies a few filters at a time and gathers along the rows; at the end it gathers down
 * the columns. All of that is in its scratch, near the processor.
 */
final class WinogradForward implements Step.Body {
  private static final int LANES = Kernels.LANES;

  /** Filters at a time, at most: their products then stay near until they are gathered. */
  private static final int FILTERS = 17;

  private final Kernels kernels;
  private final WinogradTiles t;
  private final Buffer x;
  private final Buffer u;
  private final Buffer b;
  private final Buffer y;
  private final float floor;

  /** Filters at a time. */
  private final int filters;

  private final WinogradSpread spread;
  private final WinogradProducts products;
  private final LinearPass along;

  /** For each k below m, output row k alone; at m, all m of them. */
  private final LinearPass[] down;

  private WinogradForward(
      Lowering l, WinogradTiles t, Buffer x, Buffer u, Buffer b, Epilogue epilogue) {
    kernels = l.kernels;
    this.t = t;
    this.x = x;
    this.u = u;
    this.b = b;
    y = epilogue.output();
    floor = epilogue.floor();
    spread = WinogradSpread.ofInput(t, t.rowsPerTask(x.perExample() ? l.maxBlocks : 1));
    int chunks = (t.filters() + FILTERS - 1) / FILTERS;
    filters = (t.filters() + chunks - 1) / chunks;
    products = WinogradProducts.of(t, spread.tiles(), filters, t.channels(), true);
    along =
        new LinearPass(
            t.along().output,
            Store.SET,
            products.plane(),
            LANES,
            t.columns(),
            LANES,
            t.along().outputs * LANES,
            spread.tiles() * LANES,
            width());
    int m = t.down().outputs;
    down = new LinearPass[m + 1];
    for (int k = 0; k <= m; k++) {
      down[k] =
          new LinearPass(
              k == m ? t.down().output : t.down().outputRow[k],
              Store.FINISH,
              spread.rows() * perRow(),
              t.outWidth() * LANES,
              t.outWidth(),
              LANES,
              LANES,
              width(),
              t.outHeight() * t.outWidth() * LANES);
    }
  }

  static void lower(Lowering l, boolean bias, WinogradTiles t, Value value) {
    Buffer x = l.lanes(value, 0);
    Buffer u = WinogradWeights.of(l, t, value, l.flat(value.inputs().get(1)), true);
    Buffer b = bias ? l.flat(value.inputs().get(2)) : null;
    Epilogue epilogue = Epilogue.ofRelu(l, value);
    WinogradForward body = new WinogradForward(l, t, x, u, b, epilogue);
    body.spread.announce(l.kernels);
    body.products.announce(l.kernels, t.filters());
    l.kernels.expect(body.along);
    l.kernels.expect(body.down[t.down().outputs]);
    l.add(
        new Step(
                epilogue.name("Convolution"),
                b == null ? List.of(x, u) : List.of(x, u, b),
                List.of(epilogue.output()),
                batch -> body.spread.tasks(batch.blocks(x)),
                body)
            .scratch(body.scratch()));
  }

  /** Floats of a row of outputs, with those that hang over. */
  private int width() {
    return t.tiledWidth() * LANES;
  }

  /** Floats of a row of tiles' outputs along the row. */
  private int perRow() {
    return WinogradTiles.spaced(t.filters() * t.tiledWidth());
  }

  /** Where scratch holds a row of the transforms, after what is between the transforms' passes. */
  private int transformed() {
    return spread.between();
  }

  /** Where scratch holds a row's products. */
  private int multiplied() {
    return transformed() + spread.size();
  }

  /** Where scratch holds what is gathered along the rows. */
  private int gathered() {
    return multiplied() + products.floats();
  }

  private int scratch() {
    int all = gathered() + t.down().size * spread.rows() * perRow();
    return Math.max(all, transformed() + spread.copy());
  }

  @Override
  public void run(int task, Batch batch, float[] scratch) {
    int count = spread.count(task, batch.blocks(x));
    spread.down(kernels, task, count, x, scratch, 0, scratch, transformed());
    for (int i = 0; i < t.down().size; i++) {
      spread.along(kernels, i, count, scratch, 0, transformed());
      for (int filter = 0; filter < t.filters(); filter += filters) {
        multiply(i, count, filter, Math.min(filters, t.filters() - filter), scratch);
      }
    }
    for (int row = 0; row < count; row++) {
      finish(task, row, scratch);
    }
  }

  private void multiply(int i, int count, int filter, int used, float[] scratch) {
    int out = multiplied();
    products.run(kernels, i, filter, used, count * t.columns(), u, scratch, transformed(), out);
    for (int row = 0; row < count; row++) {
      int from = out + row * t.columns() * LANES;
      int to = gathered() + (i * spread.rows() + row) * perRow() + filter * width();
      kernels.linear(along, used, scratch, from, null, 0, 0, scratch, to);
    }
  }

  private void finish(int task, int row, float[] scratch) {
    int m = t.down().outputs;
    int top = spread.rowOfBlock(task, row) * m;
    int width = t.outWidth() * LANES;
    int to = y.block(spread.block(task, row)) + top * width;
    boolean whole = top + m <= t.outHeight();
    for (int k = 0; k < (whole ? 1 : t.outHeight() - top); k++) {
      kernels.linear(
          down[whole ? m : k],
          t.filters(),
          scratch,
          gathered() + row * perRow(),
          b == null ? null : b.data(),
          b == null ? 0 : b.offset(),
          floor,
          y.data(),
          to + k * width);
    }
  }
}
