/**
 * Reports of runs that a person reads: one self-contained HTML page, and pictures of figures. Made
 * from plain records, without the engine's graph, so that training, evaluation and studies fill
 * them alike.
 *
 * <p>For whoever has results to show; nothing here computes a measure or prints.
 */
package dev.vitrine.report;
