/**
 * Questions to the runs in SQL, answered by an embedded database in memory. For the command line
 * and the page; the only user of the database library, which is loaded when the first question is
 * asked, and can reach no file, no network and no code but its own.
 */
package dev.vitrine.lab.sql;
