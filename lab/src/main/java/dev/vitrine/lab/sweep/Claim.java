package dev.vitrine.lab.sweep;

/**
 * What others report of an arm: errors, as shares; NaN for what they do not tell.
 *
 * @param training on what was learned from
 * @param validation on what was held out
 * @param test on test data
 */
public record Claim(double training, double validation, double test) {
  /**
   * {@return a test accuracy}
   *
   * @param percent as it is reported
   */
  public static Claim accuracy(double percent) {
    return errors(Double.NaN, Double.NaN, 100 - percent);
  }

  /**
   * {@return errors}
   *
   * @param training in per cent; NaN if it is not told
   * @param validation in per cent; NaN if it is not told
   * @param test in per cent; NaN if it is not told
   */
  public static Claim errors(double training, double validation, double test) {
    return new Claim(training / 100, validation / 100, test / 100);
  }

  /** {@return whether a test error is told} */
  boolean tellsTest() {
    return !Double.isNaN(test);
  }

  /** {@return whether more than a test error is told} */
  boolean tellsMore() {
    return !Double.isNaN(training) || !Double.isNaN(validation);
  }
}
