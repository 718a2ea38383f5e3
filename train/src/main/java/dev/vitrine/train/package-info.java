/**
 * Training and evaluation of a model on a dataset. Nothing here prints, touches a file or makes a
 * page: progress is told to a listener.
 */
package dev.vitrine.train;
