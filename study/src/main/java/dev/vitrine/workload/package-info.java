/**
 * Measurements of Vitrine itself: the workloads that its speed is judged by, the machine's ceiling,
 * and the clock that knows when the machine was not quiet. Nothing here prints.
 */
package dev.vitrine.workload;
