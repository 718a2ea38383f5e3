/**
 * Functions of one number, shown: formula, derivative, range, slope, and identities between them.
 * {@code FunctionTrace.of} and {@code Identity.of} are the doors. Formulas are what the ops say of
 * themselves, numbers what they calculate.
 */
package dev.vitrine.trace.function;
