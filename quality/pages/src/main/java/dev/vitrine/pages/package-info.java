/**
 * Pages of digits as people photograph them, drawn with every fault at a chosen strength and with
 * the truth beside them; the cuts that the embedded reader learns from; and how well pages are
 * read. Called by {@code quality/pages/run} and by tests; nothing of it is shipped.
 */
package dev.vitrine.pages;
