/**
 * Shapes: the sizes of values, per example. Everything may depend on this package; it depends on
 * errors alone.
 */
package dev.vitrine.tensor;
