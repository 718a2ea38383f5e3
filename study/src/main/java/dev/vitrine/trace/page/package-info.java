/**
 * Traces as pages: the graph drawn, the worked lines, and a small script that calculates both anew
 * from the formulas when a number is changed. {@code TracePage.html} is the door.
 */
package dev.vitrine.trace.page;
