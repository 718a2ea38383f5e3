/**
 * What a reading looks like: the photograph with boxes, a page of every digit, JSON. Anybody may
 * call it; nothing is written to files or printed here.
 */
package dev.vitrine.vision.page;
