package dev.vitrine.plan.steps;

import dev.vitrine.kernel.HalfLayer;
import dev.vitrine.kernel.Halves;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.Stencil;
import dev.vitrine.op.Affine;
import dev.vitrine.op.Value;
import dev.vitrine.plan.memory.Buffer;
import dev.vitrine.plan.memory.Placed;
import dev.vitrine.plan.memory.Step;
import dev.vitrine.tensor.Frozen;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Dense layers of few examples as stencils with the roles exchanged: rows are examples, of which a
 * term takes one number, and positions are vectors of 16 features of the output. The weights pass
 * by once.
 */
public final class ChannelAffine {
  private static final int LANES = Kernels.LANES;
  private static final int TILE = Stencil.TILE;

  private ChannelAffine() {}

  public static boolean forward(Lowering l, Affine op, Value value) {
    Value w = value.inputs().get(1);
    Value b = op.bias() ? value.inputs().get(2) : null;
    Placed x = l.placed(value.inputs().getFirst());
    if (x == null || !l.few.isFixed(w) || (b != null && !l.few.isFixed(b))) {
      return false;
    }
    int outputs = value.shape().elements();
    int terms = value.inputs().getFirst().shape().elements();
    Optional<Halves> halves = l.few.halves(w, outputs, terms);
    float[] biases = ChannelWeights.biases(l, b, outputs);
    Epilogue epilogue = Epilogue.channels(l, value);
    int[] numbers = new int[terms];
    Arrays.setAll(numbers, x::offset);
    if (halves.isPresent()) {
      addHalves(l, new HalfLayer(halves.get(), numbers, biases, epilogue.floor()), x, epilogue);
      return true;
    }
    Frozen.Place weights = ChannelWeights.of(l, w, outputs, terms);
    Buffer y = epilogue.output();
    Stencil s = stencil(Placed.vectors(outputs), terms, LANES, numbers);
    l.kernels.expect(s, l.few.examples(), terms);
    l.add(
        new Step(
            epilogue.name("Affine"),
            epilogue.reads(x.buffer()),
            List.of(y),
            batch -> s.tiles(),
            (tile, batch, scratch) -> {
              l.kernels.stencil(
                  s,
                  tile,
                  tile + 1,
                  batch.count(),
                  terms,
                  x.buffer().data(),
                  x.buffer().offset(),
                  x.buffer().blockStride,
                  weights.array(),
                  weights.offset(),
                  biases,
                  0,
                  epilogue.floor(),
                  y.data(),
                  y.offset(),
                  y.blockStride);
              int from = tile * TILE * LANES;
              int floats = Math.min(TILE * LANES, y.elements * LANES - from);
              for (int example = 0; example < batch.count(); example++) {
                epilogue.finish(l.kernels, example, from, floats);
              }
            }));
    return true;
  }

  /** Weights of 16 bits, a few vectors of outputs to a task. */
  private static void addHalves(Lowering l, HalfLayer layer, Placed x, Epilogue epilogue) {
    Buffer y = epilogue.output();
    int vectors = layer.biases().length / LANES;
    l.kernels.expect(layer, l.few.examples());
    l.add(
        new Step(
            epilogue.name("Affine16"),
            epilogue.reads(x.buffer()),
            List.of(y),
            batch -> (vectors + TILE - 1) / TILE,
            (task, batch, scratch) -> {
              int from = task * TILE;
              int to = Math.min(from + TILE, vectors);
              l.kernels.halves(
                  layer,
                  from,
                  to,
                  batch.count(),
                  x.buffer().data(),
                  x.buffer().offset(),
                  x.buffer().blockStride,
                  y.data(),
                  y.offset(),
                  y.blockStride);
              for (int example = 0; example < batch.count(); example++) {
                epilogue.finish(l.kernels, example, from * LANES, (to - from) * LANES);
              }
            }));
  }

  /**
   * Sums whose positions are vectors of 16 outputs.
   *
   * @param vectors how many
   * @param terms of a sum
   * @param plane floats from one vector of y to the next
   * @param numbers where a row has each term's number
   */
  public static Stencil stencil(int vectors, int terms, int plane, int... numbers) {
    int tiles = (vectors + TILE - 1) / TILE;
    int[] xBase = new int[tiles * TILE];
    int[] yBase = new int[xBase.length];
    int[] lanes = new int[xBase.length];
    for (int p = 0; p < xBase.length; p++) {
      int vector = Math.min(p, vectors - 1);
      xBase[p] = vector * terms * LANES;
      yBase[p] = vector * plane;
      lanes[p] = p < vectors ? LANES : 0;
    }
    int[] xTerm = new int[terms];
    Arrays.setAll(xTerm, t -> t * LANES);
    return new Stencil(
            xBase,
            yBase,
            vectors % TILE == 0 ? null : lanes,
            new int[tiles],
            new int[][] {xTerm},
            new int[][] {numbers})
        .beginning(Stencil.Begin.BIAS_OF_LANE);
  }
}
