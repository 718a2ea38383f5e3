package dev.vitrine.kernel;

import dev.vitrine.op.Binary;
import dev.vitrine.op.Unary;

/**
 * The routines that do a plan's arithmetic. An implementation is stateless and may be used by many
 * threads at once; all arrays belong to the caller. Any two implementations give the same bits.
 */
public interface Kernels {
  /** How many examples lie side by side: the innermost size of every lane layout. */
  int LANES = 16;

  /** {@return the routines' name and vector width, for reports} */
  String name();

  /**
   * Sums of products: {@link Stencil}'s formula for {@code rows} rows and the tiles {@code from …
   * to − 1}, then {@code max(·, floor)}.
   *
   * @param s the terms, positions and tiles
   * @param from the first tile
   * @param to the tile behind the last
   * @param rows how many rows of outputs
   * @param terms how many terms of each table to use, from its front
   * @param w weights; row r's start at {@code w0 + r · wRow}
   * @param w0 where row 0 starts in w
   * @param wRow floats from row to row of w
   * @param x inputs; positions' bases count from {@code x0}
   * @param x0 where x starts in its array
   * @param b biases, row r's at {@code b0 + r}, or as the stencil says; {@code null} for zeros,
   *     unless lanes have their own, or where sums go on
   * @param b0 where b starts in its array
   * @param floor the least value to store: 0 for a ReLU, −∞ for none
   * @param y outputs; positions' bases count from {@code y0 + r · yRow}
   * @param y0 where y starts in its array
   * @param yRow floats from row to row of y
   */
  void stencil(
      Stencil s,
      int from,
      int to,
      int rows,
      int terms,
      float[] w,
      int w0,
      int wRow,
      float[] x,
      int x0,
      float[] b,
      int b0,
      float floor,
      float[] y,
      int y0,
      int yRow);

  /**
   * {@return up to how many tiles {@link #filters} should be asked for; 0 if filters are better
   * transformed by {@link #linear} and multiplied by {@link #stencil}, to the same bits}
   */
  default int filterTiles() {
    return 0;
  }

  /**
   * Products of filters that are transformed as they pass by: {@link FilterProducts}' formula for a
   * vector of 16 filters, in the order of the channels.
   *
   * @param p where everything lies
   * @param tiles how many, at most {@link #filterTiles}
   * @param w filters, {@code [channel][tap][16 filters]}
   * @param w0 where w starts in its array
   * @param x the tiles' transforms
   * @param x0 where x starts in its array
   * @param y the products
   * @param y0 where y starts in its array
   */
  default void filters(
      FilterProducts p, int tiles, float[] w, int w0, float[] x, int x0, float[] y, int y0) {
    throw new UnsupportedOperationException("These kernels transform filters by linear passes");
  }

  /**
   * Sums of products whose weights have 16 bits, in the order of a {@link #stencil}: {@code y[r][o]
   * = max(b[o] + Σ_t x[r][xTerm[t]] · w[o][t], floor)} for all rows r and the outputs o of vectors
   * {@code from … to − 1}, 16 to a vector.
   *
   * @param layer the weights, and what belongs to them
   * @param from the first vector of outputs
   * @param to the vector behind the last
   * @param rows how many rows
   * @param x inputs; row r's start at {@code x0 + r · xRow}
   * @param x0 where row 0 starts in x
   * @param xRow floats from row to row of x
   * @param y outputs; row r's start at {@code y0 + r · yRow}
   * @param y0 where row 0 starts in y
   * @param yRow floats from row to row of y
   */
  void halves(
      HalfLayer layer,
      int from,
      int to,
      int rows,
      float[] x,
      int x0,
      int xRow,
      float[] y,
      int y0,
      int yRow);

  /**
   * {@return whether a {@link #stencil} whose rows' weights follow each other in the terms' order
   * is faster by so much that copying them first pays}
   */
  default boolean prefersRows() {
    return false;
  }

  /**
   * Adds a block's outer products to accumulators, lane by lane: {@code acc[r][t] += Σ_p
   * dy[r][dyAt.at[p]] · x[xAt.at[p] + tap[t]]} for r &lt; rows and all taps t, each a vector of 16
   * lanes.
   *
   * @param rows how many rows of gradients
   * @param dy row r's start at {@code dy0 + r · dyRow}
   * @param dy0 where dy starts in its array
   * @param dyRow floats from row to row of dy
   * @param dyAt where in a row of dy the block's vectors are
   * @param x inputs
   * @param x0 where x starts in its array
   * @param xAt where in x the block's vectors are, from {@code x0}, for each of {@code dyAt}
   * @param tap what each tap adds to {@code xAt}
   * @param acc {@code [row][tap][lane]} from {@code acc0}
   * @param acc0 where acc starts in its array
   */
  void correlate(
      int rows,
      float[] dy,
      int dy0,
      int dyRow,
      Offsets dyAt,
      float[] x,
      int x0,
      Offsets xAt,
      int[] tap,
      float[] acc,
      int acc0);

  /** {@return how many rows {@link #correlate} likes to have; more are taken in several goes} */
  default int correlateRows() {
    return 5;
  }

  /**
   * {@return how many rows {@link #correlate} takes in one go: the fewest for which it is worth a
   * call}
   *
   * @param neighbours how many taps, at most, lie one vector apart
   */
  default int correlateTileRows(int neighbours) {
    return correlateRows();
  }

  /**
   * Applies a small matrix to vectors of 16 lanes, wherever the pass says.
   *
   * @param pass the matrix and the distances
   * @param n how many planes
   * @param x inputs; the pass counts from {@code x0}
   * @param x0 where x starts in its array
   * @param b what {@code FINISH} adds, number o at {@code b0 + o}, {@code null} for zeros; or what
   *     {@code FINISH_LANES} adds, 16 numbers for each o
   * @param b0 where b starts in its array
   * @param floor the least value that {@code FINISH} stores
   * @param y outputs; the pass counts from {@code y0}
   * @param y0 where y starts in its array
   */
  void linear(
      LinearPass pass, int n, float[] x, int x0, float[] b, int b0, float floor, float[] y, int y0);

  /**
   * States that a pass will soon be run, so that what it needs can be made ready meanwhile.
   *
   * @param pass what will be run
   */
  default void expect(LinearPass pass) {}

  /**
   * States the same of stencils.
   *
   * @param s which tiles there will be
   * @param rows of the output
   * @param terms of each sum, at most
   */
  default void expect(Stencil s, int rows, int terms) {}

  /**
   * States the same of sums whose weights have 16 bits.
   *
   * @param layer the weights, and what belongs to them
   * @param rows how many rows, at most
   */
  default void expect(HalfLayer layer, int rows) {}

  /**
   * The same for {@link #filters}.
   *
   * @param p where everything lies
   * @param tiles how many
   */
  default void expect(FilterProducts p, int tiles) {}

  /**
   * States the same of largest numbers of windows.
   *
   * @param t the windows
   */
  default void expect(PoolTable t) {}

  /**
   * States the same of correlations.
   *
   * @param rows of dy
   * @param dyAt where its positions lie
   * @param xAt where x has them
   * @param tap the taps
   */
  default void expect(int rows, Offsets dyAt, Offsets xAt, int[] tap) {}

  /**
   * Adds vectors of 16 lanes, in order: {@code acc[lane] += Σ_i x[at + i · stride + lane]}, i below
   * n.
   *
   * @param x inputs
   * @param at the first vector's first element
   * @param stride floats from vector to vector
   * @param n how many vectors
   * @param acc the 16 sums, added to
   */
  void sum(float[] x, int at, int stride, int n, float[] acc);

  /**
   * Sums across lanes, each in the order of {@link Lanes#sum}: {@code y[y0 + i] = Lanes.sum(x, x0 +
   * 16 · i)}, i below n. It may be in place: y = x, y0 ≤ x0.
   *
   * @param x vectors of 16 lanes, one after the other
   * @param x0 where x starts in its array
   * @param n how many vectors
   * @param y a sum for each, overwritten
   * @param y0 where y starts in its array
   */
  void sumLanes(float[] x, int x0, int n, float[] y, int y0);

  /**
   * Turns a matrix: {@code y[y0 + j · yRow + i] = x[x0 + i · xRow + j]} for i below {@code rows}
   * and j below {@code columns}. Lanes are a matrix whose rows are elements and whose columns are
   * examples.
   *
   * @param rows rows of x, columns of y
   * @param columns columns of x, rows of y
   * @param x the matrix, row-major
   * @param x0 where x starts in its array
   * @param xRow floats from row to row of x
   * @param y the turned matrix, overwritten
   * @param y0 where y starts in its array
   * @param yRow floats from row to row of y
   */
  void transpose(int rows, int columns, float[] x, int x0, int xRow, float[] y, int y0, int yRow);

  /**
   * Bytes become numbers: {@code y[y0 + i] = table.of(x[x0 + i])} for i below {@code n}.
   *
   * @param table what each byte stands for
   * @param x the bytes
   * @param x0 where x starts in its array
   * @param y the numbers, overwritten
   * @param y0 where y starts in its array
   * @param n how many
   */
  void numbers(ByteTable table, byte[] x, int x0, float[] y, int y0, int n);

  /**
   * The maxima of one plane's windows; 0 where a window is empty.
   *
   * @param t the windows' elements in the plane
   * @param x inputs
   * @param x0 where x starts in its array
   * @param y outputs
   * @param y0 where y starts in its array
   */
  void maxPool(PoolTable t, float[] x, int x0, float[] y, int y0);

  /**
   * Hands each window's dy to its first maximum; overwrites the whole plane of dx.
   *
   * @param t the windows' elements in the plane
   * @param x inputs
   * @param x0 where x starts in its array
   * @param dy gradients with respect to the outputs
   * @param dy0 where dy starts in its array
   * @param dx gradients with respect to the inputs, overwritten
   * @param dx0 where dx starts in its array
   */
  void maxPoolGradient(PoolTable t, float[] x, int x0, float[] dy, int dy0, float[] dx, int dx0);

  /**
   * The sums of one plane's windows, in their elements' order, times the windows' scales.
   *
   * @param t the windows' elements in the plane
   * @param x inputs
   * @param x0 where x starts in its array
   * @param y outputs
   * @param y0 where y starts in its array
   */
  void averagePool(PoolTable t, float[] x, int x0, float[] y, int y0);

  /**
   * Adds each window's dy, scaled, to all its elements; overwrites the whole plane of dx.
   *
   * @param t the windows' elements in the plane
   * @param dy gradients with respect to the outputs
   * @param dy0 where dy starts in its array
   * @param dx gradients with respect to the inputs, overwritten
   * @param dx0 where dx starts in its array
   */
  void averagePoolGradient(PoolTable t, float[] dy, int dy0, float[] dx, int dx0);

  /**
   * {@code y = f(x)} for {@code n} elements, n a multiple of 16; x and y may be the same.
   *
   * @param f the function
   * @param x inputs
   * @param x0 where x starts in its array
   * @param y outputs
   * @param y0 where y starts in its array
   * @param n how many elements
   */
  void unary(Unary f, float[] x, int x0, float[] y, int y0, int n);

  /**
   * {@code y = op(a, b)} for {@code n} elements, n a multiple of 16; y may be a or b.
   *
   * @param op the function
   * @param a its first inputs
   * @param a0 where a starts in its array
   * @param b its second inputs
   * @param b0 where b starts in its array
   * @param y outputs
   * @param y0 where y starts in its array
   * @param n how many elements
   */
  void binary(Binary op, float[] a, int a0, float[] b, int b0, float[] y, int y0, int n);

  /**
   * {@code dx = f′(v) · dy} for {@code n} elements; v is f's output or input, as f says.
   *
   * @param f the function
   * @param v the function's outputs or inputs
   * @param v0 where v starts in its array
   * @param dy gradients with respect to the outputs
   * @param dy0 where dy starts in its array
   * @param dx gradients with respect to the inputs, overwritten
   * @param dx0 where dx starts in its array
   * @param n how many elements
   */
  void unaryGradient(Unary f, float[] v, int v0, float[] dy, int dy0, float[] dx, int dx0, int n);

  /**
   * Extends 12 independent chains of fused multiply-adds in registers, with no memory to wait for:
   * what no other routine can exceed on this machine, for measuring against.
   *
   * @param rounds how often each chain is extended
   * @param sink takes the chains' ends, so that no compiler leaves them out; 16 elements
   * @return the floating-point operations done, two to a multiply-add and lane
   */
  long fmaChains(int rounds, float[] sink);
}
