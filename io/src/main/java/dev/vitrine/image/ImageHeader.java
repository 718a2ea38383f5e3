package dev.vitrine.image;

/**
 * What a picture's file says of it before a pixel is decoded.
 *
 * @param kind {@code JPEG} or {@code PNG}
 * @param width as stored, before it is turned
 * @param height as stored
 * @param channels how many are stored: 4 are CMYK in a JPEG, and red, green, blue, alpha in a PNG
 * @param heldBytes what a decoder holds beside the pixels: the coefficients of a JPEG in several
 *     scans
 * @param data the bytes to decode
 */
record ImageHeader(
    String kind,
    int width,
    int height,
    int channels,
    Orientation orientation,
    long heldBytes,
    byte[] data) {}
