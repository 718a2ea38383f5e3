package dev.vitrine.train;

import dev.vitrine.tensor.Parameters;
import java.util.Objects;

/**
 * What the shards of a step are computed from.
 *
 * @param batch the examples of all of them
 * @param number the step's number, from 0, which random ops depend on
 * @param rate the learning rate, before factors of single parameters; of use for local steps alone
 * @param numbers the numbers that it begins with, laid out as {@link ShardWork#layout} has it
 */
public record ShardStep(Batch batch, long number, double rate, Parameters numbers) {
  /** Refuses {@code null}. */
  public ShardStep {
    Objects.requireNonNull(batch, "batch");
    Objects.requireNonNull(numbers, "numbers");
  }
}
