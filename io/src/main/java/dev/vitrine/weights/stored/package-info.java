/**
 * What stands in a file of weights, and what a reader of one format is: the words that all of them
 * share.
 */
package dev.vitrine.weights.stored;
