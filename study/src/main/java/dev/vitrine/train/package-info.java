/**
 * Training and evaluation of a model on a dataset, and the folder that a run leaves. Nothing here
 * prints: progress is told to a listener.
 */
package dev.vitrine.train;
