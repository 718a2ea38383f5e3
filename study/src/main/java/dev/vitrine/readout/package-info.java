/**
 * What a network says about one picture, layer by layer: numbers, pictures of maps, classes with
 * probabilities. For whoever has a trained model; nothing here prints or touches a file.
 */
package dev.vitrine.readout;
