package dev.vitrine.op;

/**
 * The open door of the family: an op that no composition of the others expresses. It runs by its
 * {@link #evaluate} loop, example by example, in double precision: right, but not fast. Its {@link
 * #batching} must be {@link Op.Batching#MAP}.
 */
public non-sealed interface CustomOp extends Op {}
