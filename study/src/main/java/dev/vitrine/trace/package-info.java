/**
 * Derivatives as a person works them out, step by step, with the engine's own numbers: {@code
 * Trace.of} is the door. It reads graphs, gradients and the interpreter, and takes every formula
 * from the ops; it never trains, and derives nothing by rules of its own.
 */
package dev.vitrine.trace;
