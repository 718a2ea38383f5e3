/**
 * Every run and trial on disk, listed, compared and queried. For the command line and the page; run
 * folders and journals are the truth, whatever is kept beside them can be thrown away, and nothing
 * here is in the way of a training.
 */
package dev.vitrine.lab.store;
