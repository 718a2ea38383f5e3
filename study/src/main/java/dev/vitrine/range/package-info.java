/**
 * The learning-rate range test: a short training at a growing rate, what it shows, and its page. It
 * trains a network of its own and touches no run.
 */
package dev.vitrine.range;
