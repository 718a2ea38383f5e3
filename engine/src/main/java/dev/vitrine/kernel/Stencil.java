package dev.vitrine.kernel;

import java.util.Arrays;

/**
 * The tables of a sum of products in lanes: which terms make up which outputs.
 *
 * <pre>
 *   y[row][p] = b[row] + Σ_t  w[row·wRow + wTerm[t]] · x[xBase[p] + xTerm[t]]
 * </pre>
 *
 * Output positions {@code p} come in tiles of {@link #TILE} that share their terms; x and y are
 * vectors of 16 lanes, w is one number for all lanes. Convolutions (positions are pixels, terms are
 * taps), their input gradients, dense layers (positions are blocks of examples, terms are features)
 * and dense weight gradients (positions are features, terms are examples) are all of this form.
 *
 * @param xBase for each position, tile by tile, where its input starts
 * @param yBase for each position, where its output vector lies
 * @param yLanes for each position, how many lanes are stored: 0 for those that a tile does not
 *     have, its last; {@code null} if always all 16
 * @param program for each tile, the number of its term tables
 * @param xTerm for each program, the offset of each term's input
 * @param wTerm for each program, the offset of each term's weight
 * @param xStep for each program, the step of its {@code xTerm} as {@link Offsets} have it
 * @param wStep the same of {@code wTerm}
 * @param begin what a sum begins with
 */
@SuppressWarnings("ArrayRecordComponent") // tables made once, never compared
public record Stencil(
    int[] xBase,
    int[] yBase,
    int[] yLanes,
    int[] program,
    int[][] xTerm,
    int[][] wTerm,
    int[] xStep,
    int[] wStep,
    Begin begin) {
  /** Positions to a tile: with 16 lanes and 5 rows, 20 of AVX-512's 32 registers accumulate. */
  public static final int TILE = 4;

  /** What a sum begins with. */
  public enum Begin {
    /** Its row's bias. */
    BIAS_OF_ROW,
    /** A bias of its position's lane, {@code b[16·p + lane]}, the same in all rows. */
    BIAS_OF_LANE,
    /**
     * The number that y has there: a sum whose first terms were added before, as the same additions
     * in the same order. It is of whole positions.
     */
    NUMBER_THERE
  }

  /**
   * Finds the steps out.
   *
   * @param xBase for each position, tile by tile, where its input starts
   * @param yBase for each position, where its output vector lies
   * @param yLanes for each position, how many lanes are stored; {@code null} if always all
   * @param program for each tile, the number of its term tables
   * @param xTerm for each program, the offset of each term's input
   * @param wTerm for each program, the offset of each term's weight
   */
  public Stencil(
      int[] xBase, int[] yBase, int[] yLanes, int[] program, int[][] xTerm, int[][] wTerm) {
    this(
        xBase, yBase, yLanes, program, xTerm, wTerm, steps(xTerm), steps(wTerm), Begin.BIAS_OF_ROW);
  }

  /**
   * {@return the same sums, which begin otherwise}
   *
   * @param other what they begin with
   */
  public Stencil beginning(Begin other) {
    return new Stencil(xBase, yBase, yLanes, program, xTerm, wTerm, xStep, wStep, other);
  }

  private static int[] steps(int[][] tables) {
    return Arrays.stream(tables).mapToInt(table -> Offsets.of(table).step()).toArray();
  }

  /**
   * {@return how many of a tile's positions are stored}
   *
   * @param tile its number, from 0
   */
  public int positions(int tile) {
    int positions = TILE;
    while (yLanes != null && positions > 0 && yLanes[tile * TILE + positions - 1] == 0) {
      positions--;
    }
    return positions;
  }

  /**
   * {@return whether only some lanes of a position are stored}
   *
   * @param position its number, from 0
   */
  public boolean isPartial(int position) {
    return yLanes != null && yLanes[position] < Kernels.LANES;
  }

  /** {@return how many tiles} */
  public int tiles() {
    return program.length;
  }
}
