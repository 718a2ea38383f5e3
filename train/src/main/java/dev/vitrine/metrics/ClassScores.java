package dev.vitrine.metrics;

/**
 * How well one class is recognised. A quotient 0/0 is 0 (scikit-learn's {@code zero_division=0}):
 * the precision of a class that was never predicted, the recall of one that never occurred.
 *
 * @param index the class
 * @param support how many examples are of this class
 * @param predicted how many examples were read as this class
 * @param correct how many examples of this class were read as it
 */
public record ClassScores(int index, long support, long predicted, long correct) {
  /**
   * {@return the share, of the examples read as this class, that is: {@code correct / predicted}}
   */
  public double precision() {
    return ratio(correct, predicted);
  }

  /**
   * {@return the share, of the examples of this class, that was read as it: {@code correct /
   * support}}
   */
  public double recall() {
    return ratio(correct, support);
  }

  /**
   * {@return the harmonic mean of precision and recall: {@code 2·correct / (support + predicted)}}
   */
  public double f1() {
    return ratio(2 * correct, support + predicted);
  }

  /** {@return whether the class was seen at all, as a label or as a prediction} */
  public boolean occurs() {
    return support + predicted > 0;
  }

  static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
