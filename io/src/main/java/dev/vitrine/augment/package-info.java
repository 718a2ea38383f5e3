/**
 * Images changed at random to learn more from them. What an epoch sees of an example is a pure
 * function of seed, epoch and example; nobody but a training calls it, and never for other data.
 */
package dev.vitrine.augment;
