/**
 * What a found digit is made into before a network sees it: MNIST's normalisation. Anybody may call
 * it; it knows of no page and of no network, and nothing is read or printed here.
 */
package dev.vitrine.vision.cut;
