/**
 * From a photograph to its ink: contrast with the paper, threshold, ruled lines taken away,
 * connected components. Anybody may call it; it knows of no digits and of no network, and nothing
 * is read or printed here.
 */
package dev.vitrine.vision.photo;
