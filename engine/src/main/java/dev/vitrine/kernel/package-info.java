/**
 * The compute routines behind a plan, as one interface with a scalar implementation here and a SIMD
 * one in its own module. Kernels know arrays, offsets and tables; of ops they know the kinds of
 * element-wise functions, of graphs nothing.
 *
 * <p>Activations lie in <em>lanes</em>: {@code [block][element][lane]}, 16 examples to a block, so
 * that one element of 16 examples is one 64-byte vector. Every kernel does the same arithmetic in
 * the same order on each lane, whatever its vector width.
 */
package dev.vitrine.kernel;
