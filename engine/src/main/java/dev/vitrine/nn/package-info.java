/**
 * Layers, losses and initialisers: thin records that add ops and named parameters to a graph. They
 * own no numbers; a {@code Model} does.
 */
package dev.vitrine.nn;
