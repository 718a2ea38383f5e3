package dev.vitrine.plan;

import dev.vitrine.error.Quote;
import dev.vitrine.kernel.ByteTable;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.plan.memory.Buffer;
import dev.vitrine.plan.steps.Panels;
import java.util.Arrays;

/**
 * Bytes of examples become an input's numbers, as a job: a task is a block. Each example's bytes,
 * which lie anywhere in memory, are read in one run, which the processor fetches ahead, and become
 * a row of numbers near the processor; the rows are transposed to lanes, and copied to the panels
 * if the input has some.
 */
final class BulkLoad implements Workers.Job {
  private static final int LANES = Kernels.LANES;

  private final Kernels kernels;

  /** Each worker's rows of a block. */
  private final float[][] rows;

  private String name;
  private Buffer buffer;
  private Panels panels;
  private int count;
  private Plan.Bytes bytes;

  /** What {@link #tables} were made of. */
  private float[] known = {};

  private ByteTable[] tables = {};

  /** How many elements share a table: those of a channel, or all. */
  private int plane;

  BulkLoad(Kernels kernels, int workers) {
    this.kernels = kernels;
    rows = new float[workers][0];
  }

  /**
   * What to load.
   *
   * @param newPanels the input's panels, or {@code null}
   */
  void set(
      String newName,
      Buffer newBuffer,
      Panels newPanels,
      int newCount,
      Plan.Bytes newBytes,
      float[] newTable) {
    name = newName;
    buffer = newBuffer;
    panels = newPanels;
    count = newCount;
    bytes = newBytes;
    if (!Arrays.equals(known, newTable)) {
      known = newTable.clone();
      tables = new ByteTable[newTable.length / ByteTable.VALUES];
      Arrays.setAll(tables, i -> new ByteTable(known, i * ByteTable.VALUES));
    }
    plane = newBuffer.elements / tables.length;
  }

  @Override
  public int steps() {
    return 1;
  }

  @Override
  public int tasks(int step) {
    return (count + LANES - 1) / LANES;
  }

  /** Lanes without an example get any numbers; the run repeats another's there. */
  @Override
  public void run(int step, int block, int worker) {
    int lanes = Math.min(LANES, count - block * LANES);
    if (buffer.byExample) {
      asTheyAre(block, lanes);
    } else {
      throughRows(block, lanes, worker);
    }
  }

  private void asTheyAre(int block, int lanes) {
    for (int example = block * LANES; example < block * LANES + lanes; example++) {
      int start = bytes.start(example);
      byte[] array = array(example, start);
      look(array, start, buffer.elements, buffer.data(), buffer.block(example));
    }
  }

  private void throughRows(int block, int lanes, int worker) {
    int n = buffer.elements;
    int row = Panels.rowOf(n);
    if (rows[worker].length < LANES * row) {
      rows[worker] = new float[LANES * row];
    }
    float[] own = rows[worker];
    for (int lane = 0; lane < lanes; lane++) {
      int example = block * LANES + lane;
      int start = bytes.start(example);
      look(array(example, start), start, n, own, lane * row);
    }
    kernels.transpose(LANES, n, own, 0, row, buffer.data(), buffer.block(block), LANES);
    if (panels != null) {
      panels.put(kernels, block, own);
    }
  }

  private byte[] array(int example, int start) {
    byte[] array = bytes.array(example);
    if (start < 0 || array.length - start < buffer.elements) {
      throw new IllegalArgumentException(
          "Input %s expects %s bytes for each example, but example %s starts at byte %s of %s"
              .formatted(Quote.of(name), buffer.elements, example, start, array.length));
    }
    return array;
  }

  /** The numbers of an example's n elements, each channel's by its own table. */
  private void look(byte[] array, int start, int n, float[] row, int to) {
    for (int e = 0; e < n; e += plane) {
      kernels.numbers(tables[e / plane], array, start + e, row, to + e, plane);
    }
  }
}
