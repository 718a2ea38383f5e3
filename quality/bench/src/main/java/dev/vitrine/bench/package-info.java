/**
 * Vitrine beside other frameworks: every contender is a process of its own that trains the same
 * workloads when told to. Run by hand, never by a test; it may print.
 */
package dev.vitrine.bench;
