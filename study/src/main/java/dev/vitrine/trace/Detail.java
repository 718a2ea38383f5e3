package dev.vitrine.trace;

/** How small the steps of a trace are. */
public enum Detail {
  /** A person's: sums and products are one step, each function another. */
  MAIN,
  /** Every operation by itself. */
  ALL,
  /** Every operation, with its numbers put in before they are worked out. */
  NUMBERS
}
