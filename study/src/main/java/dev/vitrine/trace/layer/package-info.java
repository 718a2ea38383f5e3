/**
 * Backpropagation through one layer, shown: what reaches what, the Jacobian, and the gradient as
 * its transposed map. {@code LayerTrace.of} is the door. All numbers are those of the engine's
 * graph; a form shown beside another, such as a convolution with the turned kernel, is checked
 * against them.
 */
package dev.vitrine.trace.layer;
