/**
 * Random numbers as a pure function of (seed, purpose, step, element): no stream is shared, so no
 * order of execution can change a draw.
 */
package dev.vitrine.random;
