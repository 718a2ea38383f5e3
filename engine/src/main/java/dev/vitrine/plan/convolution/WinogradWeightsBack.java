package dev.vitrine.plan.convolution;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.op.Value;
import dev.vitrine.plan.convolution.WinogradWeights.BothSides;
import dev.vitrine.plan.memory.Batch;
import dev.vitrine.plan.memory.Buffer;
import dev.vitrine.plan.memory.Step;
import dev.vitrine.plan.steps.Lowering;
import java.util.Arrays;
import java.util.List;

/**
 * Weight gradients from their transforms, {@code dw = Gᵀ dU G}, and directly where that would be
 * rounding only. Products lose about 10⁻⁸ of the largest transform. A gradient that is as small as
 * that, above all one that is 0, could get the wrong sign, of which an optimiser that divides by
 * the gradient's size (Adam) makes a full step. So pairs of channels with such a gradient are
 * summed directly, over the positions where dy is not 0: zeros mostly come from filters that are
 * nearly dead.
 */
final class WinogradWeightsBack implements Step.Body {
  private static final int CHUNK = WinogradWeights.CHUNK;

  /**
   * What counts as small, over the largest of the transforms: errors are 7·10⁻⁹ (root mean square)
   * and at most 3·10⁻⁷ of it. In W4 one pair of channels in 400 has such a gradient.
   */
  private static final float SMALL = 0x1p-21f;

  private final Kernels kernels;
  private final WinogradTiles t;
  private final Buffer x;
  private final Buffer dy;
  private final Buffer du;
  private final Buffer dw;
  private final BothSides sides;

  /** For each task, what sums directly. */
  private final PairSum[] direct;

  private WinogradWeightsBack(
      Lowering l, WinogradTiles t, Buffer x, Buffer dy, Buffer du, Buffer dw) {
    kernels = l.kernels;
    this.t = t;
    this.x = x;
    this.dy = dy;
    this.du = du;
    this.dw = dw;
    sides =
        BothSides.of(
            t.down().weightBack,
            t.along().weightBack,
            WinogradWeights.stride(t.filters() * t.channels()),
            CHUNK);
    direct = new PairSum[WinogradWeights.tasks(t.filters() * t.channels())];
    Arrays.setAll(direct, task -> new PairSum(t, kernels, x, dy, l.maxBlocks));
  }

  static void lower(Lowering l, WinogradTiles t, Value value, Buffer x, Buffer dy, Buffer du) {
    WinogradWeightsBack body = new WinogradWeightsBack(l, t, x, dy, du, l.newFlat(value));
    body.sides.announce(l.kernels);
    l.add(
        new Step(
                Lowering.name(value, "Convolution.WeightGradient, weights"),
                List.of(x, dy, du),
                List.of(body.dw),
                batch -> WinogradWeights.tasks(t.filters() * t.channels()),
                body)
            .scratch(body.rest() + Math.max(body.sides.between(), PairSum.scratch())));
  }

  private int taps() {
    return t.down().taps * t.along().taps;
  }

  /** Where scratch holds the largest transforms, after the gradients tap by tap. */
  private int largest() {
    return taps() * CHUNK;
  }

  /** Where scratch holds what is between. */
  private int rest() {
    return largest() + CHUNK;
  }

  @Override
  public void run(int task, Batch batch, float[] scratch) {
    int first = task * CHUNK;
    int from = du.offset() + first;
    sides.run(kernels, du.data(), from, scratch, rest(), scratch, 0);
    findLargest(from, scratch);
    int count = Math.min(CHUNK, t.filters() * t.channels() - first);
    direct[task].begin();
    for (int i = 0; i < count; i++) {
      if (put(i, first + i, scratch)) {
        direct[task].add(first + i);
      }
    }
    int blocks = Math.max(batch.blocks(x), batch.blocks(dy));
    direct[task].sum(blocks, scratch, rest(), dw.data(), dw.offset());
  }

  /** Stores the gradients of a pair; whether one of them is small. */
  private boolean put(int i, int pair, float[] scratch) {
    float limit = SMALL * scratch[largest() + i];
    boolean small = false;
    int to = dw.offset() + pair * taps();
    for (int k = 0; k < taps(); k++) {
      float g = scratch[k * CHUNK + i];
      dw.data()[to + k] = g;
      small |= Math.abs(g) < limit;
    }
    return small;
  }

  private void findLargest(int from, float[] scratch) {
    Arrays.fill(scratch, largest(), largest() + CHUNK, 0);
    int numbers = t.down().size * t.along().size;
    int stride = WinogradWeights.stride(t.filters() * t.channels());
    for (int number = 0; number < numbers; number++) {
      for (int i = 0; i < CHUNK; i++) {
        float size = Math.abs(du.data()[from + number * stride + i]);
        scratch[largest() + i] = Math.max(scratch[largest() + i], size);
      }
    }
  }
}
