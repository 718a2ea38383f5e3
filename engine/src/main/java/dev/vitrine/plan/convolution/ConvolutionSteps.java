package dev.vitrine.plan.convolution;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.Grid;
import dev.vitrine.op.Span;
import dev.vitrine.op.Value;
import dev.vitrine.op.Window;
import dev.vitrine.plan.convolution.WinogradTiles.Use;
import dev.vitrine.plan.memory.Buffer;
import dev.vitrine.plan.memory.Step;
import dev.vitrine.plan.steps.Epilogue;
import dev.vitrine.plan.steps.Lowering;
import dev.vitrine.plan.steps.Padding;
import dev.vitrine.plan.steps.Rows;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/** Convolutions and their gradients: tables of taps, no patches copied out (no im2col). */
public final class ConvolutionSteps {
  private static final int LANES = Kernels.LANES;

  /** Tasks that a step has at least, if there are rows enough. */
  private static final int TASKS = 16;

  private ConvolutionSteps() {}

  /**
   * Whether sums are of small whole numbers, but for a factor, and so exact: Winograd's products
   * are of sums of theirs that are not.
   */
  static boolean isExact(Value value) {
    return value.inputs().getFirst().op() instanceof Grid;
  }

  public static void forward(Lowering l, Convolution op, Value value) {
    Shape in = value.inputs().getFirst().shape();
    Shape weight = value.inputs().get(1).shape();
    Shape out = value.shape();
    WinogradTiles winograd =
        WinogradTiles.of(Use.FORWARD, op.window(), op.groups(), in, weight, out);
    if (winograd != null && !isExact(value)) {
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
                    weight.size(3),
                    out.size(2),
                    x.blockStride,
                    y.blockStride));
    Rows rows = rows(tiles, y.perExample() ? l.maxBlocks : 1, op.groups(), out.size(0));
    tiles.announce(l.kernels, rows, terms);
    int xGroup = weight.size(1) * padding.paddedHeight() * padding.paddedWidth() * LANES;
    int plane = out.size(1) * out.size(2) * LANES;
    l.add(
        new Step(
            epilogue.name("Convolution"),
            b == null ? List.of(x, w) : List.of(x, w, b),
            List.of(y),
            batch -> tiles.tasks(batch.blocks(y)) * rows.tasks(),
            (task, batch, scratch) -> {
              int part = task % rows.tasks();
              BlockTiles.Task t = tiles.task(task / rows.tasks());
              int row = rows.first(part);
              l.kernels.stencil(
                  t.stencil(),
                  t.from(),
                  t.to(),
                  rows.count(part),
                  terms,
                  w.data(),
                  w.offset() + row * terms,
                  terms,
                  x.data(),
                  x.block(t.block()) + rows.group(part) * xGroup,
                  b == null ? null : b.data(),
                  b == null ? 0 : b.offset() + row,
                  epilogue.floor(),
                  y.data(),
                  y.block(t.block()) + row * plane,
                  plane);
            }));
  }

  /** Rows are cut only where there are too few tiles for many threads: small images, few blocks. */
  private static Rows rows(BlockTiles tiles, int blocks, int groups, int channels) {
    int perGroup = channels / groups;
    int parts = Math.ceilDiv(TASKS, tiles.tasks(blocks) * groups);
    return parts == 1
        ? new Rows(groups, perGroup, perGroup)
        : Rows.of(groups, perGroup, Math.ceilDiv(perGroup, parts));
  }

  /** The border that holds every element that any window covers. */
  static Padding border(Window window, Shape in, Shape out) {
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

  public static void inputGradient(Lowering l, Convolution.InputGradient op, Value value) {
    Shape weight = value.inputs().getFirst().shape();
    Shape out = value.inputs().get(1).shape();
    Shape in = value.shape();
    WinogradTiles winograd =
        WinogradTiles.of(Use.INPUT_GRADIENT, op.window(), op.groups(), in, weight, out);
    if (winograd != null) {
      WinogradInputGradient.lower(l, winograd, value);
      return;
    }
    List<TapGroup> used = TapGroup.of(op.window(), in, out);
    Buffer w = byChannel(l, value, l.flat(value.inputs().getFirst()), op, weight, used);
    Buffer dx = l.newLanes(value);
    int outPerGroup = out.size(0) / op.groups();
    int taps = op.window().elements();
    int wRow = outPerGroup * taps;
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
                    taps,
                    weight.size(3),
                    in.size(2),
                    dy.blockStride,
                    dx.blockStride));
    Rows rows = rows(tiles, maxBlocks, op.groups(), in.size(0));
    tiles.announce(l.kernels, rows, Integer.MAX_VALUE);
    int dyGroup = outPerGroup * padding.paddedHeight() * padding.paddedWidth() * LANES;
    int plane = in.size(1) * in.size(2) * LANES;
    l.add(
        new Step(
            Lowering.name(value, "Convolution.InputGradient"),
            List.of(w, dy),
            List.of(dx),
            batch -> tiles.tasks(batch.blocks(dx)) * rows.tasks(),
            (task, batch, scratch) -> {
              int part = task % rows.tasks();
              int group = rows.group(part);
              int row = rows.first(part);
              BlockTiles.Task t = tiles.task(task / rows.tasks());
              l.kernels.stencil(
                  t.stencil(),
                  t.from(),
                  t.to(),
                  rows.count(part),
                  Integer.MAX_VALUE,
                  w.data(),
                  w.offset() + row * wRow,
                  wRow,
                  dy.data(),
                  dy.block(t.block()) + group * dyGroup,
                  null,
                  0,
                  Float.NEGATIVE_INFINITY,
                  dx.data(),
                  dx.block(t.block()) + row * plane,
                  plane);
            }));
  }

  /**
   * The weight as (in, out, taps), by groups: the terms of a row of the input gradient follow each
   * other. Taps that are outside for all outputs are left as they are; no term reads them.
   */
  private static Buffer byChannel(
      Lowering l,
      Value value,
      Buffer w,
      Convolution.InputGradient op,
      Shape weight,
      List<TapGroup> used) {
    int channels = weight.size(1);
    int taps = weight.size(2) * weight.size(3);
    int outPerGroup = weight.size(0) / op.groups();
    boolean all = used.stream().allMatch(group -> group.positions() > 0);
    int[] inside =
        used.stream()
            .filter(group -> group.positions() > 0)
            .flatMapToInt(group -> Arrays.stream(group.taps()))
            .toArray();
    Buffer packed = Buffer.flat(w.elements);
    l.add(
        new Step(
            Lowering.name(value, "Pack"),
            List.of(w),
            List.of(packed),
            batch -> channels * op.groups(),
            (row, batch, scratch) -> {
              int from =
                  w.offset() + (row / channels * outPerGroup * channels + row % channels) * taps;
              int to = packed.offset() + row * outPerGroup * taps;
              for (int o = 0; o < outPerGroup; o++) {
                int source = from + o * channels * taps;
                int target = to + o * taps;
                if (all) {
                  System.arraycopy(w.data(), source, packed.data(), target, taps);
                  continue;
                }
                for (int tap : inside) {
                  packed.data()[target + tap] = w.data()[source + tap];
                }
              }
            }));
    return packed;
  }
}
