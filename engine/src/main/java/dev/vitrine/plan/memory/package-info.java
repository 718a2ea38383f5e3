/**
 * Where a plan's numbers lie, and what passes over them: buffers, their places in one array, steps
 * that read and write them. Knows no ops. For the other packages of the plan only; not exported.
 */
package dev.vitrine.plan.memory;
