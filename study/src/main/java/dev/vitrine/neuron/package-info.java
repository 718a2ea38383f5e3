/**
 * The first neurons: units that sum and decide. {@code Neuron.of} evaluates what a person writes,
 * {@code Finding.of} finds a unit for a truth table or proves that there is none. Sums are those of
 * the expression language, proofs are in exact fractions; nothing here is trained by gradients.
 */
package dev.vitrine.neuron;
