/**
 * What each constraint of {@code docs/reproducibility.md} costs, as JMH benchmarks: the way that
 * gives the same bits beside the way that one would choose without it. {@code quality/bench/run
 * kernels price} runs them.
 */
package dev.vitrine.bench.price;
