package dev.vitrine.plan.convolution;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.Offsets;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.Span;
import dev.vitrine.op.Value;
import dev.vitrine.op.Window;
import dev.vitrine.plan.convolution.WinogradTiles.Use;
import dev.vitrine.plan.memory.Batch;
import dev.vitrine.plan.memory.Buffer;
import dev.vitrine.plan.memory.Step;
import dev.vitrine.plan.steps.BatchSteps;
import dev.vitrine.plan.steps.Lowering;
import dev.vitrine.plan.steps.Padding;
import dev.vitrine.plan.steps.Rows;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code dw[o][c][u][v] = Σ over examples and positions of dy[o][i][j] · x[c][i'][j']}: a task adds
 * up some taps of some filters lane by lane, and across lanes at the end.
 *
 * <p>Whole vectors are summed, so dy must be 0 in lanes without an example. It is, in every graph
 * that {@code Gradient} makes: dy comes from a {@link BatchSteps#spread}, and rules are linear in
 * dy.
 */
public final class ConvolutionWeightGradient implements Step.Body {
  private static final int LANES = Kernels.LANES;

  /** Positions to add up at once: more would leave the second cache. */
  private static final int POSITIONS = 256;

  /** Chunks of a filter's taps, about: so many tasks has each chunk of filters. */
  private static final int CHUNKS = 8;

  /**
   * Some taps of a filter.
   *
   * @param weights their places in the filter
   * @param taps how far the x of each lies from a position's
   * @param together how many blocks of examples are added up at once
   * @param xAt for each number of blocks, where the positions' x starts; {@code dyAt} where dy
   */
  private record Chunk(int[] weights, int[] taps, int together, Offsets[] xAt, Offsets[] dyAt) {}

  private final Kernels kernels;
  private final Buffer x;
  private final Buffer dy;
  private final Buffer dw;
  private final Rows rows;

  /** Some filters of a group, and some of their taps. */
  private record Task(int row, int rows, int group, Chunk[] part) {}

  private final List<Task> tasks;

  /** What is one task for some filters: neighbours in memory, so that one task writes them. */
  private final Chunk[][] parts;

  /** Elements of scratch that a chunk's sums take at most. */
  private final int sums;

  /** Whether some taps are outside the image for all outputs. */
  private final boolean sparse;

  /** Elements of x from one group's channels to the next's. */
  private final int xGroup;

  /** Elements of a channel of dy, and weights of a filter. */
  private final int plane;

  private final int filter;

  private ConvolutionWeightGradient(Lowering l, Convolution.WeightGradient op, Value value) {
    Shape in = value.inputs().getFirst().shape();
    Shape out = value.inputs().get(1).shape();
    Shape weight = value.shape();
    Window window = op.window();
    List<TapGroup> groups = TapGroup.of(window, in, out);
    boolean bordered = !TapGroup.pay(groups, window, out);
    Padding border =
        bordered
            ? ConvolutionSteps.border(window, in, out)
            : new Padding(in.size(0), in.size(1), in.size(2), 0, 0, 0, 0);
    Buffer unpadded = l.lanes(value, 0);
    kernels = l.kernels;
    x = l.padded(unpadded, border);
    dy = BatchSteps.masked(l, l.lanes(value, 1), unpadded);
    dw = l.newFlat(value);
    rows = Rows.shared(op.groups(), out.size(0) / op.groups(), kernels.correlateRows());
    xGroup = weight.size(1) * border.paddedHeight() * border.paddedWidth() * LANES;
    plane = out.size(1) * out.size(2) * LANES;
    filter = weight.elements() / weight.size(0);
    Chunk[] chunks =
        (bordered ? Stream.of(TapGroup.whole(window, out)) : groups.stream())
            .filter(group -> group.positions() > 0)
            .flatMap(group -> chunks(group, window, weight, out, border, l).stream())
            .toArray(Chunk[]::new);
    parts = new Chunk[bordered ? chunks.length : 1][];
    Arrays.setAll(parts, i -> bordered ? new Chunk[] {chunks[i]} : chunks);
    for (Chunk chunk : chunks) {
      Offsets dyAt = chunk.dyAt[chunk.together];
      Offsets xAt = chunk.xAt[chunk.together];
      rows.counts().forEach(count -> kernels.expect(count, dyAt, xAt, chunk.taps));
    }
    tasks = tasks(kernels.correlateTileRows(window.w().kernel()));
    int most = Arrays.stream(chunks).mapToInt(chunk -> chunk.taps.length).max().orElse(0);
    sums = rows.chunk() * most * LANES;
    sparse = !bordered && groups.stream().anyMatch(group -> group.positions() == 0);
  }

  /**
   * All tasks. Workers take them from both ends, so those in the middle come last; these are cut
   * into tasks of as few rows as a tile has, for all workers to end at about the same time.
   */
  private List<Task> tasks(int least) {
    List<Task> all = new ArrayList<>();
    int count = rows.tasks() * parts.length;
    for (int i = 0; i < count; i++) {
      int rowTask = i / parts.length;
      int end = rows.first(rowTask) + rows.count(rowTask);
      boolean late = Math.abs(2 * i + 1 - count) <= 1;
      int most = late ? least : rows.chunk();
      for (int row = rows.first(rowTask); row < end; row += most) {
        int n = Math.min(most, end - row);
        all.add(new Task(row, n, rows.group(rowTask), parts[i % parts.length]));
      }
    }
    return List.copyOf(all);
  }

  private List<Chunk> chunks(
      TapGroup group, Window window, Shape weight, Shape out, Padding border, Lowering l) {
    int channels = weight.size(1);
    Span h = window.h();
    Span w = window.w();
    int n = group.taps().length;
    int[] weights = new int[channels * n];
    int[] taps = new int[channels * n];
    for (int t = 0; t < taps.length; t++) {
      int channel = t / n;
      int tap = group.taps()[t % n];
      int row = tap / w.kernel() * h.dilation() - h.before() + border.top();
      int column = tap % w.kernel() * w.dilation() - w.before() + border.left();
      weights[t] = channel * window.elements() + tap;
      taps[t] = ((channel * border.paddedHeight() + row) * border.paddedWidth() + column) * LANES;
    }
    int together = Math.clamp(POSITIONS / group.positions(), 1, l.maxBlocks);
    Offsets[] xAt =
        group.at(h.stride() * border.paddedWidth(), w.stride(), x.blockStride, together);
    Offsets[] dyAt = group.at(out.size(2), 1, dy.blockStride, together);
    // Kernels tile by whole rows of taps.
    int unit = w.kernel() > 1 && n % w.kernel() == 0 ? w.kernel() : 5;
    int size = (filter + CHUNKS * unit - 1) / (CHUNKS * unit) * unit;
    List<Chunk> chunks = new ArrayList<>();
    for (int from = 0; from < taps.length; from += size) {
      int to = Math.min(from + size, taps.length);
      chunks.add(
          new Chunk(
              Arrays.copyOfRange(weights, from, to),
              Arrays.copyOfRange(taps, from, to),
              together,
              xAt,
              dyAt));
    }
    return chunks;
  }

  public static void lower(Lowering l, Convolution.WeightGradient op, Value value) {
    Shape in = value.inputs().getFirst().shape();
    Shape out = value.inputs().get(1).shape();
    boolean repeated =
        !value.inputs().getFirst().perExample() && value.inputs().get(1).perExample();
    WinogradTiles winograd =
        WinogradTiles.of(Use.WEIGHT_GRADIENT, op.window(), op.groups(), in, value.shape(), out);
    if (winograd != null && !repeated) {
      WinogradWeightGradient.lower(l, winograd, value);
      return;
    }
    ConvolutionWeightGradient body = new ConvolutionWeightGradient(l, op, value);
    l.add(
        new Step(
                Lowering.name(value, "Convolution.WeightGradient"),
                List.of(body.x, body.dy),
                List.of(body.dw),
                batch -> body.tasks.size(),
                body)
            .scratch(body.sums));
  }

  @Override
  public void run(int task, Batch batch, float[] acc) {
    Task t = tasks.get(task);
    if (sparse) {
      int from = dw.offset() + t.row * filter;
      Arrays.fill(dw.data(), from, from + t.rows * filter, 0);
    }
    for (Chunk chunk : t.part) {
      sum(chunk, t, batch, acc);
    }
  }

  private void sum(Chunk chunk, Task task, Batch batch, float[] acc) {
    int row = task.row;
    int n = task.rows;
    int taps = chunk.taps.length;
    Arrays.fill(acc, 0, n * taps * LANES, 0);
    int blocks = Math.max(batch.blocks(x), batch.blocks(dy));
    for (int block = 0; block < blocks; block += chunk.together) {
      int used = Math.min(chunk.together, blocks - block);
      kernels.correlate(
          n,
          dy.data(),
          dy.block(block) + row * plane,
          plane,
          chunk.dyAt[used],
          x.data(),
          x.block(block) + task.group * xGroup,
          chunk.xAt[used],
          chunk.taps,
          acc,
          0);
    }
    // Those of a shared value have the same sum in every lane; one of them is it.
    boolean shared = !x.perExample() && !dy.perExample();
    int lanes = shared ? LANES : 1;
    if (!shared) {
      kernels.sumLanes(acc, 0, n * taps, acc, 0);
    }
    for (int r = 0; r < n; r++) {
      int to = dw.offset() + (row + r) * filter;
      for (int t = 0; t < taps; t++) {
        dw.data()[to + chunk.weights[t]] = acc[(r * taps + t) * lanes];
      }
    }
  }
}
