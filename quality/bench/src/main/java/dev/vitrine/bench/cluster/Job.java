package dev.vitrine.bench.cluster;

/**
 * What is trained.
 *
 * @param name what it is called
 * @param bytes of all parameters
 * @param secondsAnExample what one member computes for an example, forward and back
 * @param batch examples to a step
 * @param localSteps how many batches are learned from between two means; 0 for steps by the sum of
 *     gradients
 * @param memories arrays of the optimiser's, which local steps send, too
 */
record Job(
    String name, double bytes, double secondsAnExample, int batch, int localSteps, int memories) {
  /** The examples that lanes want of a shard. */
  private static final int SHARD = 16;

  Job batch(int examples) {
    return new Job(name, bytes, secondsAnExample, examples, localSteps, memories);
  }

  Job localSteps(int steps) {
    return new Job(name, bytes, secondsAnExample, batch, steps, memories);
  }

  /** What one member alone would compute for a batch, which no network delays. */
  double alone() {
    return secondsAnExample * batch;
  }

  /** Batches between two exchanges. */
  int batches() {
    return Math.max(1, localSteps);
  }

  /** Bytes that go one way between the driver and a member. */
  double sent() {
    return localSteps == 0 ? bytes : bytes * (1 + memories);
  }

  /** How many members have shards that fill the lanes. */
  int mostMembers() {
    return Math.max(1, batch / SHARD);
  }
}
