/**
 * How the first neurons learned: least mean squares, the perceptron's rule and Madaline's second.
 * {@code Learning.of} is the door. Rows come in the file's order, in double precision; no graph and
 * no gradient of the engine is used, for none of the rules but the first descends one.
 */
package dev.vitrine.neuron.learning;
