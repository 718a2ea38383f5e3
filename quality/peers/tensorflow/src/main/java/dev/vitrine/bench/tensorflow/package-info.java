/** TensorFlow for Java as a contender. */
package dev.vitrine.bench.tensorflow;
