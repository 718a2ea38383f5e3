/**
 * How a graph is run: a {@code Plan} owns every buffer and a list of steps for one batch size;
 * {@code Workers} share each step's tasks. A training step allocates nothing here.
 */
package dev.vitrine.plan;
