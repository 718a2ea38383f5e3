/**
 * Other people's weights in Vitrine's networks: which tensor goes where, and what is done to it.
 */
package dev.vitrine.transfer;
