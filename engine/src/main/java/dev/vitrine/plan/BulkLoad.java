package dev.vitrine.plan;

import dev.vitrine.kernel.Kernels;

/**
 * Bytes of examples become an input's numbers, as a job: a task is a block. The bytes of 16
 * examples, which lie anywhere in memory, are first copied side by side in whole runs, which the
 * processor fetches ahead; then they are spread over the lanes, the numbers written in the order
 * they lie.
 */
final class BulkLoad implements Workers.Job {
  private static final int LANES = Kernels.LANES;

  /** Each worker's copies. */
  private final byte[][] copies;

  private Buffer buffer;
  private int count;
  private Plan.Bytes bytes;
  private float[] table;

  BulkLoad(int workers) {
    copies = new byte[workers][0];
  }

  void set(Buffer newBuffer, int newCount, Plan.Bytes newBytes, float[] newTable) {
    buffer = newBuffer;
    count = newCount;
    bytes = newBytes;
    table = newTable;
  }

  @Override
  public int steps() {
    return 1;
  }

  @Override
  public int tasks(int step) {
    return (count + LANES - 1) / LANES;
  }

  @Override
  public void run(int step, int block, int worker) {
    int n = buffer.elements;
    if (copies[worker].length < LANES * n) {
      copies[worker] = new byte[LANES * n];
    }
    byte[] own = copies[worker];
    int lanes = Math.min(LANES, count - block * LANES);
    for (int lane = 0; lane < lanes; lane++) {
      int example = block * LANES + lane;
      System.arraycopy(bytes.array(example), bytes.start(example), own, lane * n, n);
    }
    spread(own, n, table, buffer.data, buffer.block(block));
  }

  /**
   * Lanes without an example get what was there before; the run repeats another's numbers there.
   */
  private static void spread(byte[] rows, int n, float[] table, float[] data, int at) {
    for (int e = 0; e < n; e++) {
      for (int lane = 0; lane < LANES; lane++) {
        data[at + e * LANES + lane] = table[rows[lane * n + e] & 0xFF];
      }
    }
  }
}
