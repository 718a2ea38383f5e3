/**
 * Backpropagation through a whole network for one example: what each layer gives and the gradient
 * that comes back to it, and any one weight's gradient as the sum that it is. {@code
 * NetworkTrace.of} is the door. The gradients are those of the engine's graph, small networks in
 * double precision; nothing here prints or touches a file.
 */
package dev.vitrine.trace.network;
