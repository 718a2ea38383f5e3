/**
 * The truth about a study: an append-only file of JSON lines, and what is known from it. One
 * process writes, any number read; nothing is ever changed or taken back. Called by {@code lab}'s
 * trials and its door; nothing is trained here.
 */
package dev.vitrine.lab.journal;
