package dev.vitrine.plan.steps;

import java.util.stream.IntStream;

/**
 * How the rows of a weight are cut into tasks: within a group, in chunks that kernels can tile by
 * fives or fours without a rest where the number of rows allows.
 *
 * @param groups how many groups, each with its own inputs
 * @param perGroup rows of a group
 * @param chunk rows a task, but for a group's last
 */
public record Rows(int groups, int perGroup, int chunk) {
  /** Chunks of about {@code target} rows. */
  public static Rows of(int groups, int perGroup, int target) {
    int unit = perGroup % 5 != 0 && perGroup % 4 == 0 ? 4 : 5;
    return new Rows(groups, perGroup, Math.max(unit, target / unit * unit));
  }

  /** Chunks of at most so many rows, about equal. */
  public static Rows shared(int groups, int perGroup, int most) {
    int chunks = Math.ceilDiv(perGroup, most);
    return new Rows(groups, perGroup, Math.ceilDiv(perGroup, chunks));
  }

  private int chunksPerGroup() {
    return (perGroup + chunk - 1) / chunk;
  }

  public int tasks() {
    return groups * chunksPerGroup();
  }

  public int group(int task) {
    return task / chunksPerGroup();
  }

  /** The first row of a task, counted over all groups. */
  public int first(int task) {
    return group(task) * perGroup + task % chunksPerGroup() * chunk;
  }

  public int count(int task) {
    return Math.min(chunk, perGroup - task % chunksPerGroup() * chunk);
  }

  /** The numbers of rows that tasks have: one, or two if the last has fewer. */
  public IntStream counts() {
    return IntStream.of(count(0), count(tasks() - 1)).distinct();
  }
}
