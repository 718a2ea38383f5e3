package dev.vitrine.trace.layer;

import dev.vitrine.tensor.Shape;

/**
 * Which inputs reach which output, whatever the numbers are.
 *
 * @param output the output's shape
 * @param input the input's shape
 * @param reaches {@code reaches[k][i]}: whether output k can depend on input i, both row-major
 */
public record Reach(Shape output, Shape input, boolean[][] reaches) {
  /**
   * {@return how many outputs an input reaches}
   *
   * @param i the input, row-major
   */
  public int outputs(int i) {
    int count = 0;
    for (boolean[] row : reaches) {
      count += row[i] ? 1 : 0;
    }
    return count;
  }
}
