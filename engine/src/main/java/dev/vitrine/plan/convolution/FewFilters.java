package dev.vitrine.plan.convolution;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.Stencil;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.Value;
import dev.vitrine.plan.memory.Batch;
import dev.vitrine.plan.memory.Buffer;
import dev.vitrine.plan.memory.Placed;
import dev.vitrine.plan.memory.Step;
import dev.vitrine.plan.steps.Epilogue;
import dev.vitrine.plan.steps.Lowering;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * A first convolution of few filters, which would leave most lanes of a vector of 16 filters idle:
 * its vectors are 16 neighbouring pixels of a row of an input that lies row-major, the last of
 * which overlap those before. Sums have their terms in the order of {@link ConvolutionSteps}. A
 * task computes some rows of all filters in its scratch, applies the activation there, and turns
 * them to vectors of channels.
 */
final class FewFilters implements Step.Body {
  private static final int LANES = Kernels.LANES;

  /** So many times fewer sums of vectors are worth the turning. */
  private static final double WORTH_IT = 1.25;

  /** Products of vectors that a task should have, about: half a microsecond of them. */
  private static final int ENOUGH = 2_048;

  private final Kernels kernels;
  private final Placed x;
  private final Epilogue epilogue;
  private final float[] weights;
  private final float[] biases;
  private final int filters;
  private final int terms;
  private final Shape out;

  /** Rows of the output to a task; a divisor of all. */
  private final int rows;

  /** Floats from one filter's rows to the next one's, in scratch. */
  private final int plane;

  private final Stencil sums;

  private FewFilters(
      Lowering l, Placed x, int[] numbers, float[] weights, float[] biases, Shape out, Epilogue e) {
    kernels = l.kernels;
    this.x = x;
    this.weights = weights;
    this.biases = biases;
    this.out = out;
    epilogue = e;
    filters = out.size(0);
    terms = numbers.length;
    rows = rows(out.size(1), filters * perRow(out) * terms);
    plane = Placed.vectors(rows * out.size(2)) * LANES;
    sums = sums(numbers);
    kernels.expect(sums, filters, terms);
  }

  /** Whether it suits: an input's rows of 16 pixels and more, and filters of one vector at most. */
  static boolean suits(Placed x, Convolution op, Shape out) {
    boolean dense = op.window().h().stride() == 1 && op.window().w().stride() == 1;
    int vectors = Placed.vectors(out.size(0)) * out.size(2);
    return x.rowMajor()
        && dense
        && op.groups() == 1
        && out.size(0) <= LANES
        && out.size(2) >= LANES
        && WORTH_IT * perRow(out) * out.size(0) <= vectors;
  }

  static void lower(Lowering l, Placed x, int[] numbers, Value b, Value value) {
    float[] weights =
        l.few.form(value.inputs().get(1), "rows", () -> copy(l, value.inputs().get(1)));
    float[] biases = b == null ? null : l.few.form(b, "rows", () -> copy(l, b));
    Epilogue epilogue = Epilogue.channels(l, value);
    FewFilters body = new FewFilters(l, x, numbers, weights, biases, value.shape(), epilogue);
    int tasks = value.shape().size(1) / body.rows;
    l.add(
        new Step(
                epilogue.name("Convolution"),
                epilogue.reads(x.buffer()),
                List.of(epilogue.output()),
                batch -> batch.count() * tasks,
                body)
            .scratch(LANES * body.plane));
  }

  private static float[] copy(Lowering l, Value stored) {
    int n = stored.shape().elements();
    return l.few.read(stored, at -> Arrays.copyOfRange(at.array(), at.offset(), at.offset() + n));
  }

  private static int perRow(Shape out) {
    return Placed.vectors(out.size(2));
  }

  /** The least divisor of the height that makes work enough. */
  private static int rows(int height, int products) {
    int rows = 1;
    while (rows < height && (height % rows != 0 || rows * products < ENOUGH)) {
      rows++;
    }
    return rows;
  }

  /** Positions are vectors of pixels, row by row; terms lie as in the input. */
  private Stencil sums(int[] numbers) {
    int width = out.size(2);
    int perRow = perRow(out);
    int positions = rows * perRow;
    int tiles = (positions + Stencil.TILE - 1) / Stencil.TILE;
    int[] xBase = new int[tiles * Stencil.TILE];
    int[] yBase = new int[xBase.length];
    int[] lanes = new int[xBase.length];
    for (int p = 0; p < positions; p++) {
      int column = Math.min(p % perRow * LANES, width - LANES);
      xBase[p] = p / perRow * x.width() + column;
      yBase[p] = p / perRow * width + column;
      lanes[p] = LANES;
    }
    int[] inOrder = new int[terms];
    Arrays.setAll(inOrder, t -> t);
    return new Stencil(
        xBase,
        yBase,
        positions % Stencil.TILE == 0 ? null : lanes,
        new int[tiles],
        new int[][] {numbers},
        new int[][] {inOrder});
  }

  @Override
  public void run(int task, Batch batch, float[] scratch) {
    int tasks = out.size(1) / rows;
    int example = task / tasks;
    int first = task % tasks * rows;
    int pixels = rows * out.size(2);
    for (int f = 0; f < LANES; f++) {
      int from = f < filters ? pixels : 0;
      Arrays.fill(scratch, f * plane + from, (f + 1) * plane, 0);
    }
    kernels.stencil(
        sums,
        0,
        sums.tiles(),
        filters,
        terms,
        weights,
        0,
        terms,
        x.buffer().data(),
        x.buffer().block(example) + first * x.width(),
        biases,
        0,
        epilogue.floor(),
        scratch,
        0,
        plane);
    epilogue.activate(kernels, scratch, filters * plane);
    Buffer y = epilogue.output();
    int at = first * out.size(2) * LANES;
    kernels.transpose(LANES, pixels, scratch, 0, plane, y.data(), y.block(example) + at, LANES);
    if (epilogue.addend() != null) {
      epilogue.finish(kernels, example, at, pixels * LANES);
    }
  }
}
