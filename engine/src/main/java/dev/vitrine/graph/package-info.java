/**
 * Graphs of ops and their first two readers: the derivative ({@code Gradient}) and the values in
 * double precision ({@code Interpreter}). A graph never holds numbers and never changes a value.
 */
package dev.vitrine.graph;
