/**
 * The steps of convolutions and their gradients, directly and by Winograd's products. May use
 * {@code plan.steps} and {@code plan.memory}. For the plan's planner only; not exported.
 */
package dev.vitrine.plan.convolution;
