package dev.vitrine.plan.memory;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.random.Seed;

/** What a run is about: how many examples, and which step of which seed. Reused, so mutable. */
public final class Batch {
  private int first;
  private int count;
  private int whole;
  private long step;
  private Seed seed = Seed.of(0);

  /** Examples {@code newFirst} and the {@code newCount - 1} after it, of {@code newWhole}. */
  public void set(int newFirst, int newCount, int newWhole, long newStep, Seed newSeed) {
    first = newFirst;
    count = newCount;
    whole = newWhole;
    step = newStep;
    seed = newSeed;
  }

  /** The number of the first example: not 0 where the run is of a later part of a batch. */
  public int first() {
    return first;
  }

  /** Examples in the whole batch, of which the run's may be a part. */
  public int whole() {
    return whole;
  }

  /** Examples in the run. */
  public int count() {
    return count;
  }

  /** Blocks of 16 examples, the last perhaps partly filled. */
  public int blocks() {
    return (count + Kernels.LANES - 1) / Kernels.LANES;
  }

  /** Blocks that a buffer has: all of the batch's, or one if it is shared. */
  public int blocks(Buffer buffer) {
    return buffer.byExample ? count : buffer.perExample() ? blocks() : 1;
  }

  /** How many lanes of a block hold examples. */
  public int lanes(int block) {
    return Math.min(Kernels.LANES, count - block * Kernels.LANES);
  }

  public long step() {
    return step;
  }

  public Seed seed() {
    return seed;
  }
}
