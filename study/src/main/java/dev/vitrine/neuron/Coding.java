package dev.vitrine.neuron;

/** What stands for false and true. */
public enum Coding {
  /** −1 and +1, as in Widrow's units. */
  SIGNS(-1),
  /** 0 and 1, as in McCulloch and Pitts's. */
  BITS(0);

  private final int low;

  Coding(int low) {
    this.low = low;
  }

  /**
   * {@return the number of a truth value}
   *
   * @param value which
   */
  public int number(boolean value) {
    return value ? 1 : low;
  }
}
