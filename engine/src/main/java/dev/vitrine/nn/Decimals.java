package dev.vitrine.nn;

/** Real hyper-parameters as people write them. */
final class Decimals {
  private Decimals() {}

  /** {@code 0.75}, {@code 1e-5}. */
  static String text(double value) {
    return Double.toString(value).replace(".0E", "e").replace('E', 'e');
  }
}
