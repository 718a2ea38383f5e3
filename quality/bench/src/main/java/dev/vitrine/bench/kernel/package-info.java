/**
 * JMH benchmarks of every kernel routine and of batch normalisation, on shapes of the workloads,
 * each with the SIMD and the scalar kernels as a pair. {@code quality/bench/run kernels} runs them.
 * The rate {@code work} is in operations a nanosecond: GFLOP/s for sums of products, elements a
 * nanosecond for the rest.
 */
package dev.vitrine.bench.kernel;
