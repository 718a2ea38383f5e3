/**
 * The one exception for what a user can mend. Everything may throw it; only the command line turns
 * it into a printed line and an exit code.
 */
package dev.vitrine.error;
