/**
 * Compute routines on the Vector API, each the twin of a scalar one to the bit. The engine finds
 * them by {@code ServiceLoader}; nothing here allocates or prints.
 */
package dev.vitrine.kernel.simd;
