/**
 * Networks that say what digit a cut is, or that it is none. Anybody may call them; they know of no
 * page, and print nothing.
 */
package dev.vitrine.vision.model;
