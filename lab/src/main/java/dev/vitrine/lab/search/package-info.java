/**
 * What a study tries next, as pure functions of its specification and of what is known so far.
 * Anybody may call it; nothing here trains, reads or writes.
 */
package dev.vitrine.lab.search;
