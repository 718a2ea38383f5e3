/**
 * Files of weights, everybody's: found by content, read as named tensors without executing
 * anything. {@link dev.vitrine.weights.Weights#read} is the door; each format's reader is a package
 * inside.
 */
package dev.vitrine.weights;
