package dev.vitrine.predict;

/**
 * One of the classes that a network considered for an example.
 *
 * @param index the class
 * @param probability its softmax probability, in [0, 1]
 */
public record Guess(int index, double probability) {}
