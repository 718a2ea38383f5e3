package dev.vitrine.weights.pickle;

/**
 * Something that a pickle keeps outside of itself.
 *
 * @param id what it is called, usually a tuple
 */
public record Reference(Object id) {}
