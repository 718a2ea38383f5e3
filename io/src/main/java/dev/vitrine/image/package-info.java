/**
 * Pictures: small rasters of grey or coloured pixels, sheets of many of them, PNG. Knows nothing of
 * datasets or networks; needs no display.
 */
package dev.vitrine.image;
