/** What goes wrong through no fault of the program: bad input, said in one sentence. */
package dev.vitrine.error;
