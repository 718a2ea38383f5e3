package dev.vitrine.neuron.learning;

/** How weights change. */
public enum Rule {
  /** {@code w ← w + η·(d − w·x)·x} (Widrow and Hoff, 1960). */
  ADALINE("w ← w + η·(d − w·x)·x"),
  /** {@code w ← w + η·d·x} where sign(w·x) is not d (Rosenblatt, 1958). */
  PERCEPTRON("where sign(w·x) ≠ d: w ← w + η·d·x"),
  /**
   * Madaline rule II (Winter and Widrow, 1988): where the output is wrong, the hidden unit whose
   * sum is least in size is turned if that mends it, else the next, else two together; else the
   * output unit learns.
   */
  MADALINE(
      "where the output is wrong: turn the hidden unit with the least sum in size that mends it, w ← w + η·(−sign(s) − s)·x/|x|², else the output unit");

  private final String formula;

  Rule(String formula) {
    this.formula = formula;
  }

  /** {@return the rule as a line} */
  public String formula() {
    return formula;
  }
}
