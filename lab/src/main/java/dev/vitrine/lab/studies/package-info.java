/**
 * The studies of the documents: those that are computed rather than swept, and what is read out of
 * sweeps beyond the usual tables. Their files are resources beside it. Each class is one study and
 * makes one {@link dev.vitrine.lab.report.Report}; nothing is written or printed here.
 */
package dev.vitrine.lab.studies;
