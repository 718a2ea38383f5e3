package dev.vitrine.plan.convolution;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.LinearPass;
import dev.vitrine.kernel.LinearPass.Store;
import dev.vitrine.op.Value;
import dev.vitrine.plan.memory.Batch;
import dev.vitrine.plan.memory.Buffer;
import dev.vitrine.plan.memory.Placed;
import dev.vitrine.plan.memory.Step;
import dev.vitrine.plan.steps.ChannelWeights;
import dev.vitrine.plan.steps.Epilogue;
import dev.vitrine.plan.steps.Lowering;
import java.util.Arrays;
import java.util.List;

/**
 * {@code Y = Aᵀ [ U ⊙ (Bᵀ X B) ] A} of few examples, as {@link WinogradForward} computes it, but
 * with vectors of 16 channels. Three steps for some rows of tiles at a time, so many that what is
 * between them stays in the caches: the transforms; the products, in which a weight is read once
 * and used for all tiles; the sums.
 */
final class ChannelWinograd {
  private static final int LANES = Kernels.LANES;

  /** Floats between the steps, about, unless filters would be transformed again: 2 MiB. */
  private static final int WAVE = 1 << 19;

  /** Floats of scratch that a task may use, about: 256 KiB. */
  private static final int SCRATCH = 1 << 16;

  /** Tasks that the transforms of some rows should have. */
  private static final int TASKS = 8;

  private final Kernels kernels;
  private final WinogradTiles t;
  private final Placed x;
  private final Epilogue epilogue;
  private final float[] biases;

  /** Rows of tiles at a time, of all examples together. */
  private final int rows;

  /** Vectors of a pixel of the input, and of the output. */
  private final int in;

  private final int out;

  /** Vectors that a task of the transforms treats, and one of the sums. */
  private final int inAtOnce;

  private final int outAtOnce;

  private final Buffer spread;
  private final Buffer multiplied;
  private final TileProducts products;
  private final LinearPass down;
  private final LinearPass downCopy;
  private final LinearPass along;
  private final LinearPass back;

  /** For each k below m, output row k alone; at m, all m of them. */
  private final LinearPass[] finish;

  private ChannelWinograd(
      Lowering l, WinogradTiles t, Placed x, Value w, float[] biases, Epilogue epilogue) {
    kernels = l.kernels;
    this.t = t;
    this.x = x;
    this.biases = biases;
    this.epilogue = epilogue;
    in = x.planes();
    out = Placed.vectors(t.filters());
    int perRow = numbers() * (in + out) * t.columns() * LANES;
    int all = l.few.examples() * t.rows();
    rows = TileProducts.transformsAtUse(l, t) ? all : Math.clamp(WAVE / perRow, 1, all);
    inAtOnce = atOnce(in, t.coveredWidth());
    outAtOnce = atOnce(out, t.tiledWidth());
    spread = Buffer.flat(numbers() * number(in));
    multiplied = Buffer.flat(numbers() * number(out));
    TileProducts.Ends ends =
        new TileProducts.Ends(spread, number(in), multiplied, number(out), tiles());
    products = TileProducts.of(l, t, w, ends);
    int covered = t.coveredWidth() * LANES;
    int size = t.down().size;
    down = down(t.inHeight(), covered);
    downCopy = down(size, covered);
    along =
        new LinearPass(
            t.along().input,
            Store.SET,
            LANES,
            number(in),
            t.columns(),
            t.along().outputs * LANES,
            LANES,
            size * covered,
            tiles() * LANES);
    int width = t.tiledWidth() * LANES;
    back =
        new LinearPass(
            t.along().output,
            Store.SET,
            number(out),
            LANES,
            t.columns(),
            LANES,
            t.along().outputs * LANES,
            tiles() * LANES,
            width);
    int m = t.down().outputs;
    finish = new LinearPass[m + 1];
    for (int k = 0; k <= m; k++) {
      finish[k] =
          new LinearPass(
              k == m ? t.down().output : t.down().outputRow[k],
              Store.FINISH_LANES,
              outAtOnce * width,
              t.outWidth() * LANES,
              t.outWidth(),
              LANES,
              LANES,
              width,
              t.outHeight() * t.outWidth() * LANES);
    }
  }

  private LinearPass down(int height, int covered) {
    int width = t.inWidth() * LANES;
    return new LinearPass(
        t.down().input,
        Store.SET,
        width,
        covered,
        t.inWidth(),
        LANES,
        LANES,
        height * width,
        t.down().size * covered);
  }

  static void lower(Lowering l, WinogradTiles t, Placed x, Value b, Value value) {
    Value w = value.inputs().get(1);
    float[] biases = ChannelWeights.biases(l, b, t.filters());
    ChannelWinograd body = new ChannelWinograd(l, t, x, w, biases, Epilogue.channels(l, value));
    body.addSteps(l);
  }

  private void addSteps(Lowering l) {
    kernels.expect(down);
    kernels.expect(along);
    kernels.expect(back);
    kernels.expect(finish[t.down().outputs]);
    int waves = Math.ceilDiv(l.few.examples() * t.rows(), rows);
    for (int i = 0; i < waves; i++) {
      int first = i * rows;
      int spreads = Math.ceilDiv(in, inAtOnce);
      int ends = Math.ceilDiv(out, outAtOnce);
      l.add(
          new Step(
                  epilogue.name("Convolution, tiles"),
                  List.of(x.buffer()),
                  List.of(spread),
                  batch -> count(batch, first) * spreads,
                  (task, batch, scratch) ->
                      spread(first, task / spreads, task % spreads * inAtOnce, scratch))
              .scratch(inAtOnce * t.down().size * (t.coveredWidth() + t.inWidth()) * LANES));
      l.add(
          new Step(
                  epilogue.name("Convolution, products"),
                  List.of(spread),
                  List.of(multiplied),
                  batch -> count(batch, first) > 0 ? products.tasks() : 0,
                  (task, batch, scratch) ->
                      products.run(task, count(batch, first) * t.columns(), scratch))
              .scratch(products.scratch()));
      l.add(
          new Step(
                  epilogue.name("Convolution"),
                  epilogue.reads(multiplied),
                  List.of(epilogue.output()),
                  batch -> count(batch, first) * ends,
                  (task, batch, scratch) ->
                      finish(first, task / ends, task % ends * outAtOnce, scratch))
              .scratch(outAtOnce * t.down().size * t.tiledWidth() * LANES));
    }
  }

  /** Rows of tiles of a wave that a batch has. */
  private int count(Batch batch, int first) {
    return Math.clamp((long) batch.count() * t.rows() - first, 0, rows);
  }

  private int atOnce(int planes, int width) {
    int fitting = SCRATCH / (2 * t.down().size * width * LANES);
    return Math.clamp(Math.min(fitting, planes * rows / TASKS), 1, planes);
  }

  /** Numbers of a tile's transform. */
  private int numbers() {
    return t.down().size * t.along().size;
  }

  /** Tiles at a time. */
  private int tiles() {
    return rows * t.columns();
  }

  /** Floats from one number of the tiles' transforms to the next. */
  private int number(int planes) {
    return WinogradTiles.spaced(planes * tiles());
  }

  private void spread(int wave, int row, int plane, float[] scratch) {
    int used = Math.min(inAtOnce, in - plane);
    int covered = t.coveredWidth() * LANES;
    int size = t.down().size;
    int width = t.inWidth() * LANES;
    int left = t.left() * LANES;
    int top = (wave + row) % t.rows() * t.down().outputs - t.top();
    int image = x.buffer().block((wave + row) / t.rows()) + plane * x.plane();
    float[] data = x.buffer().data();
    if (top >= 0 && top + size <= t.inHeight()) {
      kernels.linear(down, used, data, image + top * width, null, 0, 0, scratch, left);
    } else {
      int copy = inAtOnce * size * covered;
      for (int k = 0; k < used * size; k++) {
        int at = copy + k * width;
        int from = top + k % size;
        if (from >= 0 && from < t.inHeight()) {
          System.arraycopy(data, image + k / size * x.plane() + from * width, scratch, at, width);
        } else {
          Arrays.fill(scratch, at, at + width, 0);
        }
      }
      kernels.linear(downCopy, used, scratch, copy, null, 0, 0, scratch, left);
    }
    if (covered > width) {
      for (int at = 0; at < used * size * covered; at += covered) {
        Arrays.fill(scratch, at, at + left, 0);
        Arrays.fill(scratch, at + left + width, at + covered, 0);
      }
    }
    for (int i = 0; i < size; i++) {
      int to = spread.offset() + i * t.along().size * number(in);
      int at = to + (plane * tiles() + row * t.columns()) * LANES;
      kernels.linear(along, used, scratch, i * covered, null, 0, 0, spread.data(), at);
    }
  }

  private void finish(int wave, int row, int plane, float[] scratch) {
    int used = Math.min(outAtOnce, out - plane);
    int width = t.tiledWidth() * LANES;
    for (int i = 0; i < t.down().size; i++) {
      int from = multiplied.offset() + i * t.along().size * number(out);
      int at = from + (plane * tiles() + row * t.columns()) * LANES;
      kernels.linear(back, used, multiplied.data(), at, null, 0, 0, scratch, i * outAtOnce * width);
    }
    int m = t.down().outputs;
    int top = (wave + row) % t.rows() * m;
    int across = t.outWidth() * LANES;
    Buffer y = epilogue.output();
    int example = (wave + row) / t.rows();
    int from = plane * t.outHeight() * across + top * across;
    int to = y.block(example) + from;
    boolean whole = top + m <= t.outHeight();
    for (int k = 0; k < (whole ? 1 : t.outHeight() - top); k++) {
      kernels.linear(
          finish[whole ? m : k],
          used,
          scratch,
          0,
          biases,
          plane * LANES,
          epilogue.floor(),
          y.data(),
          to + k * across);
    }
    int done = Math.min(m, t.outHeight() - top) * across;
    for (int p = 0; p < used; p++) {
      epilogue.finish(kernels, example, from + p * t.outHeight() * across, done);
    }
  }
}
