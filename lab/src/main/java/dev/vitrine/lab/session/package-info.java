/**
 * A study as somebody asks for it, whether at the command line or in the page: its text, what is
 * added to it, its folder, how far it is and in which words, and its report. Nothing is printed.
 */
package dev.vitrine.lab.session;
