package dev.vitrine.plan.convolution;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.Stencil;
import dev.vitrine.op.Value;
import dev.vitrine.plan.memory.Buffer;
import dev.vitrine.plan.memory.Placed;
import dev.vitrine.plan.steps.ChannelAffine;
import dev.vitrine.plan.steps.Lowering;
import java.util.List;

/**
 * The products of {@link ChannelWinograd}: number by number of the tiles' transforms, sums over all
 * channels, from tiles {@code [number][channel / 16][tile][16 channels]} to {@code [number][filter
 * / 16][tile][16 filters]}.
 */
interface TileProducts {
  /** Tiles of which the products take so long that a transform each time is little beside them. */
  int MANY = 64;

  /** Floats of transformed filters that are too many to be kept if they need not be: 12 MB. */
  int LARGE = 3 << 20;

  /** Between the tiles' transforms: where they are, and what becomes of them. */
  record Ends(Buffer spread, int fromStride, Buffer multiplied, int toStride, int tiles) {
    /** Where a term of the sums lies, for a vector of tiles. */
    int[] channels(int count) {
      int[] channel = new int[count];
      for (int c = 0; c < count; c++) {
        channel[c] = channel(c);
      }
      return channel;
    }

    int channel(int c) {
      return c / Kernels.LANES * tiles * Kernels.LANES + c % Kernels.LANES;
    }
  }

  /**
   * Whether filters are transformed where they are used. With so few tiles that kernels do it in
   * registers that takes no longer than to read what would be kept, four times the filters. With
   * more it does; but one example alone should not need so much memory beside its filters where
   * these are large. Either way has the same bits.
   */
  static boolean transformsAtUse(Lowering l, WinogradTiles t) {
    long tiles = (long) l.few.examples() * t.rows() * t.columns();
    long floats = (long) t.down().size * t.along().size * t.channels() * t.filters();
    boolean small = t.down() == Winograd.SIX_THREE && t.along() == Winograd.SIX_THREE;
    boolean alone = l.few.examples() == 1 && tiles < MANY && floats >= LARGE;
    return small && (tiles <= l.kernels.filterTiles() || alone);
  }

  /** Those of a convolution. */
  static TileProducts of(Lowering l, WinogradTiles t, Value w, Ends ends) {
    if (!transformsAtUse(l, t)) {
      return new Kept(l, t, w, ends);
    }
    return ends.tiles <= l.kernels.filterTiles()
        ? new ProductsInPassing(l, t, w, ends)
        : new ProductsOfFilters(l, t, w, ends);
  }

  int tasks();

  /** Floats of scratch of a task. */
  default int scratch() {
    return 0;
  }

  /**
   * A task.
   *
   * @param used tiles, from the first on
   */
  void run(int task, int used, float[] scratch);

  /** Products of filters that were transformed once, for all plans. */
  final class Kept implements TileProducts {
    private final Kernels kernels;
    private final Ends ends;
    private final int numbers;
    private final int channels;
    private final int filters;
    private final float[] u;
    private final Stencil products;

    /** The products have no biases. */
    private final float[] none;

    private Kept(Lowering l, WinogradTiles t, Value w, Ends ends) {
      kernels = l.kernels;
      this.ends = ends;
      numbers = t.down().size * t.along().size;
      channels = t.channels();
      filters = Placed.vectors(t.filters()) * Kernels.LANES;
      u =
          l.few.form(
              w,
              List.of(t.down(), t.along()),
              () -> l.few.read(w, at -> WinogradWeights.ofChannels(kernels, t, at)));
      none = new float[filters];
      products =
          ChannelAffine.stencil(
              Placed.vectors(t.filters()),
              channels,
              ends.tiles * Kernels.LANES,
              ends.channels(channels));
      kernels.expect(products, ends.tiles, channels);
    }

    @Override
    public int tasks() {
      return numbers * products.tiles();
    }

    @Override
    public void run(int task, int used, float[] scratch) {
      int number = task / products.tiles();
      int tile = task % products.tiles();
      kernels.stencil(
          products,
          tile,
          tile + 1,
          used,
          channels,
          ends.spread.data(),
          ends.spread.offset() + number * ends.fromStride,
          Kernels.LANES,
          u,
          number * WinogradWeights.stride(filters * channels),
          none,
          0,
          Float.NEGATIVE_INFINITY,
          ends.multiplied.data(),
          ends.multiplied.offset() + number * ends.toStride,
          Kernels.LANES);
    }
  }
}
