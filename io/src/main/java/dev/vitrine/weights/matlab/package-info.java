/**
 * Files of MATLAB 4 and 5 and Octave's text, all of which are called {@code .mat}. Used by {@link
 * dev.vitrine.weights.Weights} alone.
 */
package dev.vitrine.weights.matlab;
