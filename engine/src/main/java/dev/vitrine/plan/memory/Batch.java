package dev.vitrine.plan.memory;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.random.Seed;

/** What a run is about: how many examples, and which step of which seed. Reused, so mutable. */
public final class Batch {
  private int count;
  private long step;
  private Seed seed = Seed.of(0);

  public void set(int newCount, long newStep, Seed newSeed) {
    count = newCount;
    step = newStep;
    seed = newSeed;
  }

  /** Examples in the batch. */
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
