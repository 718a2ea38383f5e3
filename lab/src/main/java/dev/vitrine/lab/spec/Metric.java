package dev.vitrine.lab.spec;

import java.util.Arrays;
import java.util.List;

/** What points are chosen by; always on validation data, never on test data. */
public enum Metric {
  /** The share of the validation examples that are read right; more is better. */
  VALIDATION_ACCURACY("validation-accuracy", true),
  /** The mean loss of the validation examples; less is better. */
  VALIDATION_LOSS("validation-loss", false);

  private final String key;
  private final boolean larger;

  Metric(String key, boolean larger) {
    this.key = key;
    this.larger = larger;
  }

  /** {@return what files call it} */
  public String key() {
    return key;
  }

  /** {@return whether the larger value is the better one} */
  public boolean largerIsBetter() {
    return larger;
  }

  /**
   * {@return the value as a number of which the smaller is the better; NaN is the worst}
   *
   * @param value of this metric
   */
  public double cost(double value) {
    return Double.isNaN(value) ? Double.POSITIVE_INFINITY : larger ? -value : value;
  }

  /** {@return what files call them} */
  static List<String> keys() {
    return Arrays.stream(values()).map(Metric::key).toList();
  }
}
