/**
 * Pictures: small rasters of grey or coloured pixels, sheets of many of them, files of them (PNG
 * out; PNG and JPEG in), and what a network is shown of them. Knows nothing of datasets or
 * networks; needs no display.
 */
package dev.vitrine.image;
