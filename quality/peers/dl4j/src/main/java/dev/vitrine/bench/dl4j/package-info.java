/** Deeplearning4j as a contender. */
package dev.vitrine.bench.dl4j;
