/**
 * Statistics with names: what can be concluded from a few seeds, and what cannot. Pure functions of
 * numbers, called by {@code lab}'s reports and studies; nothing is trained or read here. The only
 * user of Apache Commons Statistics.
 */
package dev.vitrine.lab.statistics;
