/**
 * What a trained network's answers are worth: how far those of its plan are from what they should
 * be. {@link dev.vitrine.parity.Certificate} is the door; nothing is printed here.
 */
package dev.vitrine.parity;
