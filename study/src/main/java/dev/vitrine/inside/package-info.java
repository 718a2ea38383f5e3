/**
 * The numbers within a network: weights, activations and gradients of every layer for some
 * examples, and which units do nothing. For recordings and views; nothing here changes a training,
 * prints or touches a file.
 */
package dev.vitrine.inside;
