package dev.vitrine.train;

import dev.vitrine.tensor.Parameters;
import java.util.Objects;

/**
 * A node of the tree by which a batch's shards are summed: the sum over shards {@code index ·
 * 2^level} to before {@code (index + 1) · 2^level}, as far as there are such.
 *
 * @param level 0 for a single shard
 * @param index from 0 at its level
 * @param loss the sum of the shards' mean losses, each times its share of the batch's examples
 * @param values the sum of the shards' gradients in the same way; where running averages lie, the
 *     statistics that they follow
 */
public record ShardSum(int level, int index, double loss, Parameters values) {
  /** Refuses what is no node. */
  public ShardSum {
    Objects.requireNonNull(values, "values");
    if (level < 0 || level >= Integer.SIZE - 1 || index < 0) {
      throw new IllegalArgumentException(
          "A sum of shards expects a level of 0 to 30 and an index of 0 or more, but got %s and %s"
              .formatted(level, index));
    }
  }

  /** {@return the first shard} */
  public long from() {
    return (long) index << level;
  }

  /** {@return the shard after the last, were there so many} */
  public long to() {
    return (index + 1L) << level;
  }
}
