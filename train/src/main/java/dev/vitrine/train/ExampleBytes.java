package dev.vitrine.train;

import dev.vitrine.data.Dataset;
import dev.vitrine.plan.Plan;

/**
 * A stretch of a dataset's examples, in a given order, as a plan reads them. Reused, so mutable.
 */
final class ExampleBytes implements Plan.Bytes {
  private final Dataset data;
  private int[] order;
  private int from;

  ExampleBytes(Dataset data) {
    this.data = data;
  }

  void at(int[] newOrder, int newFrom) {
    order = newOrder;
    from = newFrom;
  }

  /** The dataset's number of example {@code i}. */
  int example(int i) {
    return order == null ? from + i : order[from + i];
  }

  @Override
  public byte[] array(int i) {
    return data.array(example(i));
  }

  @Override
  public int start(int i) {
    return data.offset(example(i));
  }
}
