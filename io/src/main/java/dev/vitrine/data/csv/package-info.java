/**
 * Tables as text (RFC 4180 and what is common besides): records, fields and columns. Called by
 * {@link dev.vitrine.data} and by who reads tables in double precision; what a table is used for is
 * not known here.
 */
package dev.vitrine.data.csv;
