package dev.vitrine.op;

/**
 * The arithmetic of an op on one example, each kind of operation counted by itself.
 *
 * @param macs multiply–accumulate pairs, the unit of convolutions and matrices
 * @param multiplications multiplications and divisions, those within {@code macs} included
 * @param additions additions and subtractions; a sum of n terms has n − 1
 * @param comparisons comparisons and maxima
 * @param functions exponentials, logarithms and other elementary functions
 */
public record Cost(
    long macs, long multiplications, long additions, long comparisons, long functions) {
  /** No arithmetic: data is moved, if anything. */
  public static final Cost ZERO = new Cost(0, 0, 0, 0, 0);

  /**
   * {@return the cost of dot products: {@code outputs} sums of {@code terms} products each}
   *
   * @param outputs how many sums
   * @param terms how many products each
   * @param bias whether a bias is added to each
   */
  public static Cost dotProducts(long outputs, long terms, boolean bias) {
    long products = outputs * terms;
    return new Cost(products, products, outputs * (terms - 1 + (bias ? 1 : 0)), 0, 0);
  }

  /**
   * {@return that many additions}
   *
   * @param n how many
   */
  public static Cost additions(long n) {
    return new Cost(0, 0, n, 0, 0);
  }

  /**
   * {@return that many multiplications}
   *
   * @param n how many
   */
  public static Cost multiplications(long n) {
    return new Cost(0, n, 0, 0, 0);
  }

  /**
   * {@return that many comparisons}
   *
   * @param n how many
   */
  public static Cost comparisons(long n) {
    return new Cost(0, 0, 0, n, 0);
  }

  /**
   * {@return that many elementary functions}
   *
   * @param n how many
   */
  public static Cost functions(long n) {
    return new Cost(0, 0, 0, 0, n);
  }

  /**
   * {@return both costs together}
   *
   * @param that the other cost
   */
  public Cost plus(Cost that) {
    return new Cost(
        macs + that.macs,
        multiplications + that.multiplications,
        additions + that.additions,
        comparisons + that.comparisons,
        functions + that.functions);
  }

  /** {@return the exact count: every multiplication, addition, comparison and function is one} */
  public long exactFlops() {
    return multiplications + additions + comparisons + functions;
  }
}
