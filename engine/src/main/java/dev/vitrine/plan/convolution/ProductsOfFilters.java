package dev.vitrine.plan.convolution;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.LinearPass;
import dev.vitrine.kernel.LinearPass.Store;
import dev.vitrine.kernel.Stencil;
import dev.vitrine.op.Value;
import dev.vitrine.plan.memory.Placed;
import dev.vitrine.plan.steps.ChannelAffine;
import dev.vitrine.plan.steps.ChannelWeights;
import dev.vitrine.plan.steps.Lowering;
import dev.vitrine.tensor.Frozen;
import java.util.Arrays;

/**
 * Products of filters that are transformed where they are used: a task has a few vectors of 16
 * filters, transforms some channels of them at a time into its scratch and goes on with its sums.
 * What passes by from memory are the filters, a quarter of their transforms. The transforms are
 * those that would be kept, and the terms have their order: the same bits.
 */
final class ProductsOfFilters implements TileProducts {
  private static final int LANES = Kernels.LANES;

  /** Floats of transformed filters at a time, about: 1 MiB, which a core's second cache holds. */
  private static final int NEAR = 1 << 18;

  /** Tasks that the products should have. */
  private static final int TASKS = 8;

  private final Kernels kernels;
  private final Ends ends;
  private final int channels;
  private final int taps;
  private final int numbers;
  private final Frozen.Place filters;

  /** Vectors of filters, and of a task. */
  private final int out;

  private final int together;

  /** Channels at a time. */
  private final int slab;

  /** Floats from a number's filters to the next's. */
  private final int stride;

  private final LinearPass whole;
  private final LinearPass rest;

  /** For all vectors of a task, and for those that the last has. */
  private final Stencil products;

  private final Stencil last;

  ProductsOfFilters(Lowering l, WinogradTiles t, Value w, Ends ends) {
    kernels = l.kernels;
    this.ends = ends;
    channels = t.channels();
    taps = t.down().taps * t.along().taps;
    numbers = t.down().size * t.along().size;
    out = Placed.vectors(t.filters());
    together = Math.clamp(out / TASKS, 1, Stencil.TILE);
    int most = NEAR / (numbers * together * LANES) / LANES * LANES;
    slab = Math.min(Math.max(most, LANES), channels);
    stride = WinogradTiles.spaced(together * slab);
    filters = ChannelWeights.of(l, w, t.filters(), channels * taps);
    whole = transforms(t, slab);
    rest = transforms(t, channels % slab);
    products = products(together);
    last = out % together == 0 ? products : products(out % together);
    kernels.expect(whole);
    kernels.expect(products, ends.tiles(), slab);
    kernels.expect(last, ends.tiles(), slab);
  }

  /** The transforms of some channels. */
  private LinearPass transforms(WinogradTiles t, int count) {
    return new LinearPass(
        t.down().filter,
        Store.SET,
        LANES,
        stride,
        count,
        taps * LANES,
        LANES,
        channels * taps * LANES,
        slab * LANES);
  }

  private Stencil products(int vectors) {
    return ChannelAffine.stencil(vectors, slab, ends.tiles() * LANES, ends.channels(slab))
        .beginning(Stencil.Begin.NUMBER_THERE);
  }

  @Override
  public int tasks() {
    return Math.ceilDiv(out, together);
  }

  @Override
  public int scratch() {
    return numbers * stride;
  }

  @Override
  public void run(int task, int used, float[] scratch) {
    int first = task * together;
    int vectors = Math.min(together, out - first);
    int place = ends.multiplied().offset() + first * ends.tiles() * LANES;
    float[] y = ends.multiplied().data();
    for (int number = 0; number < numbers; number++) {
      for (int v = 0; v < vectors; v++) {
        int at = place + number * ends.toStride() + v * ends.tiles() * LANES;
        Arrays.fill(y, at, at + used * LANES, 0);
      }
    }
    for (int channel = 0; channel < channels; channel += slab) {
      int count = Math.min(slab, channels - channel);
      int at = filters.offset() + (first * channels + channel) * taps * LANES;
      kernels.linear(
          count == slab ? whole : rest, vectors, filters.array(), at, null, 0, 0, scratch, 0);
      int from = ends.spread().offset() + ends.channel(channel);
      for (int number = 0; number < numbers; number++) {
        kernels.stencil(
            vectors == together ? products : last,
            0,
            1,
            used,
            count,
            ends.spread().data(),
            from + number * ends.fromStride(),
            LANES,
            scratch,
            number * stride,
            null,
            0,
            Float.NEGATIVE_INFINITY,
            y,
            place + number * ends.toStride(),
            LANES);
      }
    }
  }
}
