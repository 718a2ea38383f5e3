/**
 * The steps of all ops but convolutions, and {@link dev.vitrine.plan.steps.Lowering}, in which the
 * steps of a plan come together. May use {@code plan.memory}. For the other packages of the plan
 * only; not exported.
 */
package dev.vitrine.plan.steps;
