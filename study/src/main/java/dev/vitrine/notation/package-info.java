/**
 * How networks, schedules and initialisers are written: network files, and the short forms of the
 * command line. Nothing here prints.
 */
package dev.vitrine.notation;
