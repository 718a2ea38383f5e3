/**
 * What a unit owes to the pixels: gradients, attributions, occlusions, and pictures that it answers
 * to. For whoever shows it; nothing here prints or touches a file.
 */
package dev.vitrine.look.pixels;
