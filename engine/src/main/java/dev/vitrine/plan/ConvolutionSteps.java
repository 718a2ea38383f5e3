package dev.vitrine.plan;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.Lanes;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.Span;
import dev.vitrine.op.Value;
import dev.vitrine.op.Window;
import dev.vitrine.plan.WinogradTiles.Use;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/** Convolutions and their gradients: tables of taps, no patches copied out (no im2col). */
final class ConvolutionSteps {
  private static final int LANES = Kernels.LANES;

  /** Positions that a weight gradient adds up at once: more would leave the second cache. */
  private static final int POSITIONS = 256;

  private ConvolutionSteps() {}

  static void forward(Lowering l, Convolution op, Value value) {
    Shape in = value.inputs().getFirst().shape();
    Shape weight = value.inputs().get(1).shape();
    Shape out = value.shape();
    WinogradTiles winograd =
        WinogradTiles.of(Use.FORWARD, op.window(), op.groups(), in, weight, out);
    if (winograd != null) {
      WinogradForward.lower(l, op.bias(), winograd, value);
      return;
    }
    Padding padding = border(op.window(), in, out);
    Buffer x = l.padded(l.lanes(value, 0), padding);
    Buffer w = l.flat(value.inputs().get(1));
    Buffer b = op.bias() ? l.flat(value.inputs().get(2)) : null;
    Epilogue epilogue = Epilogue.ofRelu(l, value);
    Buffer y = epilogue.output();
    int taps = op.window().elements();
    int terms = weight.size(1) * taps;
    BlockTiles tiles =
        BlockTiles.of(
            y.perExample() ? l.maxBlocks : 1,
            blocks ->
                ConvolutionTables.forward(
                    op.window(), in.size(1), in.size(2), out.size(1), out.size(2), blocks),
            tables ->
                tables.stencil(
                    padding,
                    weight.size(1),
                    taps,
                    1,
                    weight.size(3),
                    out.size(2),
                    x.blockStride,
                    y.blockStride));
    int rows = out.size(0) / op.groups();
    int xGroup = weight.size(1) * padding.paddedHeight() * padding.paddedWidth() * LANES;
    int plane = out.size(1) * out.size(2) * LANES;
    l.add(
        new Step(
            epilogue.name("Convolution"),
            b == null ? List.of(x, w) : List.of(x, w, b),
            List.of(y),
            batch -> tiles.tasks(batch.blocks(y)) * op.groups(),
            (task, batch, scratch) -> {
              int group = task % op.groups();
              BlockTiles.Task t = tiles.task(task / op.groups());
              int row = group * rows;
              l.kernels.stencil(
                  t.stencil(),
                  t.from(),
                  t.to(),
                  rows,
                  terms,
                  w.data,
                  w.offset + row * terms,
                  terms,
                  x.data,
                  x.block(t.block()) + group * xGroup,
                  b == null ? null : b.data,
                  b == null ? 0 : b.offset + row,
                  epilogue.floor(),
                  y.data,
                  y.block(t.block()) + row * plane,
                  plane);
            }));
  }

  /** The border that holds every element that any window covers. */
  private static Padding border(Window window, Shape in, Shape out) {
    return new Padding(
        in.size(0),
        in.size(1),
        in.size(2),
        window.h().before(),
        after(window.h(), in.size(1), out.size(1)),
        window.w().before(),
        after(window.w(), in.size(2), out.size(2)));
  }

  private static int after(Span span, int in, int out) {
    return Math.max(0, span.source(out - 1, span.kernel() - 1) - in + 1);
  }

  static void inputGradient(Lowering l, Convolution.InputGradient op, Value value) {
    Shape weight = value.inputs().getFirst().shape();
    Shape out = value.inputs().get(1).shape();
    Shape in = value.shape();
    WinogradTiles winograd =
        WinogradTiles.of(Use.INPUT_GRADIENT, op.window(), op.groups(), in, weight, out);
    if (winograd != null) {
      WinogradInputGradient.lower(l, winograd, value);
      return;
    }
    Buffer w = byTap(l, value, l.flat(value.inputs().getFirst()), weight);
    Buffer dx = l.newLanes(value);
    int outPerGroup = out.size(0) / op.groups();
    int taps = op.window().elements();
    int rows = weight.size(1);
    int filter = rows * taps;
    BlockTiles.Tables tables =
        blocks ->
            ConvolutionTables.gradient(
                op.window(), in.size(1), in.size(2), out.size(1), out.size(2), blocks);
    BlockTiles.Tables choice = tables.remembered();
    int maxBlocks = dx.perExample() ? l.maxBlocks : 1;
    Padding padding = BlockTiles.padding(maxBlocks, choice, out.size(0));
    Buffer dy = l.padded(l.lanes(value, 1), padding);
    BlockTiles tiles =
        BlockTiles.of(
            maxBlocks,
            choice,
            chosen ->
                chosen.stencil(
                    padding,
                    outPerGroup,
                    filter,
                    rows,
                    weight.size(3),
                    in.size(2),
                    dy.blockStride,
                    dx.blockStride));
    int dyGroup = outPerGroup * padding.paddedHeight() * padding.paddedWidth() * LANES;
    int plane = in.size(1) * in.size(2) * LANES;
    l.add(
        new Step(
            Lowering.name(value, "Convolution.InputGradient"),
            List.of(w, dy),
            List.of(dx),
            batch -> tiles.tasks(batch.blocks(dx)) * op.groups(),
            (task, batch, scratch) -> {
              int group = task % op.groups();
              BlockTiles.Task t = tiles.task(task / op.groups());
              l.kernels.stencil(
                  t.stencil(),
                  t.from(),
                  t.to(),
                  rows,
                  Integer.MAX_VALUE,
                  w.data,
                  w.offset + group * outPerGroup * filter,
                  1,
                  dy.data,
                  dy.block(t.block()) + group * dyGroup,
                  null,
                  0,
                  Float.NEGATIVE_INFINITY,
                  dx.data,
                  dx.block(t.block()) + group * rows * plane,
                  plane);
            }));
  }

  /** The weight as (out, taps, in): what a term of the input gradient needs lies side by side. */
  private static Buffer byTap(Lowering l, Value value, Buffer w, Shape weight) {
    int channels = weight.size(1);
    int taps = weight.size(2) * weight.size(3);
    if (taps == 1) {
      return w;
    }
    Buffer packed = Buffer.flat(w.elements);
    l.add(
        new Step(
            Lowering.name(value, "Pack"),
            List.of(w),
            List.of(packed),
            batch -> weight.size(0),
            (o, batch, scratch) -> {
              int from = w.offset + o * channels * taps;
              int to = packed.offset + o * channels * taps;
              for (int c = 0; c < channels; c++) {
                for (int tap = 0; tap < taps; tap++) {
                  packed.data[to + tap * channels + c] = w.data[from + c * taps + tap];
                }
              }
            }));
    return packed;
  }

  /**
   * Whole vectors are summed, so dy must be 0 in lanes without an example. It is, in every graph
   * that {@code Gradient} makes: dy comes from a {@link BatchSteps#spread}, and rules are linear in
   * dy.
   */
  static void weightGradient(Lowering l, Convolution.WeightGradient op, Value value) {
    Shape in = value.inputs().getFirst().shape();
    Shape out = value.inputs().get(1).shape();
    Shape weight = value.shape();
    WinogradTiles winograd =
        WinogradTiles.of(Use.WEIGHT_GRADIENT, op.window(), op.groups(), in, weight, out);
    boolean repeated =
        !value.inputs().getFirst().perExample() && value.inputs().get(1).perExample();
    if (winograd != null && !repeated) {
      WinogradWeightGradient.lower(l, winograd, value);
      return;
    }
    Padding padding = border(op.window(), in, out);
    Buffer x = l.padded(l.lanes(value, 0), padding);
    Buffer dy = BatchSteps.masked(l, l.lanes(value, 1), x);
    Buffer dw = l.newFlat(value);
    int[][] taps = tapChunks(op.window(), weight.size(1), padding);
    int together = Math.clamp(POSITIONS / (out.size(1) * out.size(2)), 1, l.maxBlocks);
    int[][] xAt =
        positions(
            out,
            op.window().h().stride() * padding.paddedWidth(),
            op.window().w().stride(),
            x.blockStride,
            together);
    int[][] dyAt = positions(out, out.size(2), 1, dy.blockStride, together);
    Rows rows = Rows.of(op.groups(), out.size(0) / op.groups(), 5);
    int xGroup = weight.size(1) * padding.paddedHeight() * padding.paddedWidth() * LANES;
    int plane = out.size(1) * out.size(2) * LANES;
    int terms = weight.elements() / weight.size(0);
    l.add(
        new Step(
                Lowering.name(value, "Convolution.WeightGradient"),
                List.of(x, dy),
                List.of(dw),
                batch -> rows.tasks() * taps.length,
                (task, batch, acc) -> {
                  int rowTask = task / taps.length;
                  int[] tap = taps[task % taps.length];
                  int row = rows.first(rowTask);
                  int n = rows.count(rowTask);
                  Arrays.fill(acc, 0, n * tap.length * LANES, 0);
                  int blocks = Math.max(batch.blocks(x), batch.blocks(dy));
                  for (int block = 0; block < blocks; block += together) {
                    int used = Math.min(together, blocks - block);
                    l.kernels.correlate(
                        n,
                        dy.data,
                        dy.block(block) + row * plane,
                        plane,
                        dyAt[used],
                        x.data,
                        x.block(block) + rows.group(rowTask) * xGroup,
                        xAt[used],
                        tap,
                        acc,
                        0);
                  }
                  int first = task % taps.length * taps[0].length;
                  boolean shared = !x.perExample() && !dy.perExample();
                  for (int r = 0; r < n; r++) {
                    int to = dw.offset + (row + r) * terms + first;
                    for (int t = 0; t < tap.length; t++) {
                      int at = (r * tap.length + t) * LANES;
                      dw.data[to + t] = shared ? acc[at] : Lanes.sum(acc, at);
                    }
                  }
                })
            .scratch(rows.chunk() * taps[0].length * LANES));
  }

  /** For each number of blocks, where each position's elements start, block by block in rows. */
  private static int[][] positions(
      Shape out, int rowStride, int columnStride, int blockStride, int blocks) {
    int plane = out.size(1) * out.size(2);
    int[][] at = new int[blocks + 1][];
    for (int n = 1; n <= blocks; n++) {
      at[n] = new int[n * plane];
      for (int p = 0; p < at[n].length; p++) {
        int row = p % plane / out.size(2);
        int column = p % plane % out.size(2);
        at[n][p] = p / plane * blockStride + (row * rowStride + column * columnStride) * LANES;
      }
    }
    return at;
  }

  /** The taps of one filter, in at most 8 chunks of whole rows of taps, which kernels tile by. */
  private static int[][] tapChunks(Window window, int channels, Padding padding) {
    int perChannel = window.elements();
    int total = channels * perChannel;
    int unit = window.w().kernel() > 1 ? window.w().kernel() : 5;
    int chunk = (total + 8 * unit - 1) / (8 * unit) * unit;
    int[][] chunks = new int[(total + chunk - 1) / chunk][];
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = new int[Math.min(chunk, total - i * chunk)];
      for (int t = 0; t < chunks[i].length; t++) {
        int tap = i * chunk + t;
        int u = tap % perChannel / window.w().kernel() * window.h().dilation();
        int v = tap % window.w().kernel() * window.w().dilation();
        int row = tap / perChannel * padding.paddedHeight() + u;
        chunks[i][t] = (row * padding.paddedWidth() + v) * LANES;
      }
    }
    return chunks;
  }
}
