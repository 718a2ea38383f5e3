/**
 * Measures of a trained network: how often it is right, what it confuses, which examples it reads
 * worst. Everything is computed from logits and labels, in {@code double}, with ties broken by the
 * lowest class index, so that equal logits give equal figures on every machine.
 *
 * <p>For everybody who has logits; nothing here knows a graph, prints or touches a file.
 */
package dev.vitrine.metrics;
