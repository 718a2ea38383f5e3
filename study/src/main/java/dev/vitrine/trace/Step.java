package dev.vitrine.trace;

import dev.vitrine.tensor.Shape;
import dev.vitrine.trace.language.Expression;

/**
 * An intermediate result.
 *
 * @param name the user's, or one made for it
 * @param expression what it is, in terms of given names and earlier steps
 * @param shape its shape
 */
public record Step(String name, Expression expression, Shape shape) {}
