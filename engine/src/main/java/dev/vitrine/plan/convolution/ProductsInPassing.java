package dev.vitrine.plan.convolution;

import dev.vitrine.kernel.FilterProducts;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.op.Value;
import dev.vitrine.plan.memory.Placed;
import dev.vitrine.plan.steps.ChannelWeights;
import dev.vitrine.plan.steps.Lowering;
import dev.vitrine.tensor.Frozen;

/**
 * Products of filters that kernels transform as they pass by, in registers: those of {@link
 * ProductsOfFilters}, with so few tiles that their sums stay there. A task has a vector of 16
 * filters.
 */
final class ProductsInPassing implements TileProducts {
  private final Kernels kernels;
  private final Ends ends;
  private final Frozen.Place filters;
  private final FilterProducts products;
  private final int vectors;

  /** Floats of a vector of filters. */
  private final int vector;

  ProductsInPassing(Lowering l, WinogradTiles t, Value w, Ends ends) {
    kernels = l.kernels;
    this.ends = ends;
    int terms = t.channels() * t.down().taps * t.along().taps;
    filters = ChannelWeights.of(l, w, t.filters(), terms);
    vectors = Placed.vectors(t.filters());
    vector = terms * Kernels.LANES;
    products =
        new FilterProducts(
            t.down().weight, ends.channels(t.channels()), ends.fromStride(), ends.toStride());
    kernels.expect(products, ends.tiles());
  }

  @Override
  public int tasks() {
    return vectors;
  }

  /** All tiles, whichever are used: of another number kernels would need other routines. */
  @Override
  public void run(int task, int used, float[] scratch) {
    kernels.filters(
        products,
        ends.tiles(),
        filters.array(),
        filters.offset() + task * vector,
        ends.spread().data(),
        ends.spread().offset(),
        ends.multiplied().data(),
        ends.multiplied().offset() + task * ends.tiles() * Kernels.LANES);
  }
}
