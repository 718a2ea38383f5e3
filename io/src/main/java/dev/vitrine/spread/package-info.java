/**
 * How numbers are spread: histograms and quantiles. For whoever records or shows them; nothing here
 * prints or touches a file.
 */
package dev.vitrine.spread;
