package dev.vitrine.plan;

import dev.vitrine.error.Quote;
import dev.vitrine.kernel.ByteTable;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.plan.memory.Buffer;
import dev.vitrine.plan.steps.Panels;
import java.util.Arrays;

/**
 * Examples become an input's numbers, as a job: a task is a block. Each example's bytes or numbers,
 * which lie anywhere in memory, are read in one run, which the processor fetches ahead, and become
 * a row of numbers near the processor; the rows are transposed to lanes, and copied to the panels
 * if the input has some.
 */
final class BulkLoad implements Workers.Job {
  private static final int LANES = Kernels.LANES;

  /** Where examples come from. */
  interface Source {
    /** Puts all numbers of example {@code i} into a row, from {@code to} on. */
    void read(int i, float[] row, int to);
  }

  private final Kernels kernels;

  /** Each worker's rows of a block. */
  private final float[][] rows;

  private Buffer buffer;
  private Panels panels;
  private int count;
  private Source source;
  private final ByTable byTable = new ByTable();

  BulkLoad(Kernels kernels, int workers) {
    this.kernels = kernels;
    rows = new float[workers][0];
  }

  /**
   * What to load.
   *
   * @param newPanels the input's panels, or {@code null}
   */
  void set(Buffer newBuffer, Panels newPanels, int newCount, Source newSource) {
    buffer = newBuffer;
    panels = newPanels;
    count = newCount;
    source = newSource;
  }

  /** Holds the caller's examples no longer. */
  void forget() {
    source = null;
    byTable.bytes = null;
  }

  /** Bytes, each channel's by its own table; one object, so that steps allocate nothing. */
  private final class ByTable implements Source {
    private String name;
    private int elements;
    private Plan.Bytes bytes;

    /** What {@link #tables} were made of. */
    private float[] known = {};

    private ByteTable[] tables = {};

    @Override
    public void read(int i, float[] row, int to) {
      int start = bytes.start(i);
      byte[] array = bytes.array(i);
      if (start < 0 || array.length - start < elements) {
        throw new IllegalArgumentException(
            "Input %s expects %s bytes for each example, but example %s starts at byte %s of %s"
                .formatted(Quote.of(name), elements, i, start, array.length));
      }
      int plane = elements / tables.length;
      for (int e = 0; e < elements; e += plane) {
        kernels.numbers(tables[e / plane], array, start + e, row, to + e, plane);
      }
    }
  }

  /** Examples of bytes, whose numbers stand in a table for all, or in one for each channel. */
  Source numbers(String name, int elements, Plan.Bytes bytes, float[] table) {
    byTable.name = name;
    byTable.elements = elements;
    byTable.bytes = bytes;
    if (!Arrays.equals(byTable.known, table)) {
      byTable.known = table.clone();
      byTable.tables = new ByteTable[table.length / ByteTable.VALUES];
      Arrays.setAll(byTable.tables, i -> new ByteTable(byTable.known, i * ByteTable.VALUES));
    }
    return byTable;
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
      source.read(example, buffer.data(), buffer.block(example));
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
      source.read(block * LANES + lane, own, lane * row);
    }
    kernels.transpose(LANES, n, own, 0, row, buffer.data(), buffer.block(block), LANES);
    if (panels != null) {
      panels.put(kernels, block, own);
    }
  }
}
