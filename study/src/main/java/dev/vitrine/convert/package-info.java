/**
 * Files of weights made of others. {@link dev.vitrine.convert.Conversion} is the door; nothing is
 * printed here.
 */
package dev.vitrine.convert;
