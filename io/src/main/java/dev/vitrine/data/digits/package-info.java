/**
 * Digits that look handwritten, drawn by a program: the embedded data set. A digit is a {@linkplain
 * dev.vitrine.data.digits.Skeletons skeleton} of strokes, written by a hand that strays, distorted,
 * inked by a pen and put into MNIST's frame. Nothing here is derived from MNIST's images.
 */
package dev.vitrine.data.digits;
