package dev.vitrine.op;

import java.util.Collections;

/**
 * The open door of the family: an op that no composition of the others expresses. It runs by its
 * {@link #evaluate} loop, example by example, in double precision: right, but not fast. Its {@link
 * #batching} must be {@link Op.Batching#MAP}.
 */
public non-sealed interface CustomOp extends Op {
  /** Its name alone, unless it says more. */
  @Override
  default Formula formula() {
    int inputs = Math.max(arity(), 1);
    return Formula.of(
        Collections.nCopies(inputs, "x"),
        getClass().getSimpleName() + "(x)",
        Collections.nCopies(inputs, "as its rule says").toArray(String[]::new));
  }
}
