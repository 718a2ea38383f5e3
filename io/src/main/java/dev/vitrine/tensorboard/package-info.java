/**
 * TensorBoard's event files, written. A training's folder calls it; nothing here knows of
 * trainings.
 */
package dev.vitrine.tensorboard;
