/**
 * Shapes: the sizes of values, per example. Everything may depend on this package; it depends on
 * nothing.
 */
package dev.vitrine.tensor;
