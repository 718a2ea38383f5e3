/**
 * The ops: a sealed family of records. Each states its formula, shapes, cost, forward loop (in
 * {@code double}, the oracle) and derivative rule in one file. Nothing here knows about batches of
 * examples in memory, threads or SIMD; readers of a graph live in {@code graph} and {@code plan}.
 *
 * <p>All records share this one package because, on the class path, a sealed family must.
 */
package dev.vitrine.op;
