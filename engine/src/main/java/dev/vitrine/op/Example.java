package dev.vitrine.op;

import dev.vitrine.random.Seed;

/**
 * The place of an example in a run.
 *
 * @param index its index in the batch, from 0
 * @param batchSize how many examples the batch holds
 * @param step the training step, from 0
 * @param seed the seed that random ops draw from
 */
public record Example(int index, int batchSize, long step, Seed seed) {
  /**
   * {@return the example of the same batch at another index}
   *
   * @param newIndex its place in the batch, from 0
   */
  public Example at(int newIndex) {
    return new Example(newIndex, batchSize, step, seed);
  }
}
