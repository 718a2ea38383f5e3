/**
 * From ink to digits: pieces, lines, cuts through touching digits, and the search for what a line
 * says. Anybody may call it; nothing is read from files or printed here.
 */
package dev.vitrine.vision.find;
