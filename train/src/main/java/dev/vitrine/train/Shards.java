package dev.vitrine.train;

import dev.vitrine.error.UserException;

/**
 * How a batch is cut into parts whose gradients are computed apart. The parts are stretches of the
 * batch in its order; where they cannot be equal the last ones have one example less, and a batch
 * of fewer examples than parts has as many parts as examples.
 *
 * @param count how many parts, 1 or more
 */
public record Shards(int count) {
  /**
   * Refuses what is no number of parts.
   *
   * @throws UserException if it is below 1
   */
  public Shards {
    if (count < 1) {
      throw UserException.expecting("The number of shards", "1 or more", Integer.toString(count));
    }
  }

  /**
   * {@return how many parts a batch has}
   *
   * @param examples of the batch, 1 or more
   */
  public int of(int examples) {
    return Math.min(count, examples);
  }

  /**
   * {@return the place of a part's first example in the batch}
   *
   * @param shard its number, from 0; as many as there are for the end of the last
   * @param examples of the batch
   */
  public int from(int shard, int examples) {
    int parts = of(examples);
    return shard * (examples / parts) + Math.min(shard, examples % parts);
  }

  /**
   * {@return how many examples a part has}
   *
   * @param shard its number, from 0
   * @param examples of the batch
   */
  public int size(int shard, int examples) {
    return from(shard + 1, examples) - from(shard, examples);
  }

  /**
   * {@return how many arrays of all parameters a {@link ShardTree} holds at once, those to come
   * included; none of one shard}
   */
  public int arrays() {
    return count == 1 ? 0 : 1 + Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
  }

  /**
   * {@return how many examples the largest part has}
   *
   * @param examples of the batch
   */
  public int largest(int examples) {
    return size(0, examples);
  }
}
