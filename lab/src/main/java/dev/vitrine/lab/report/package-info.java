/**
 * What a study found, as a document: sections of sentences, tables and figures, and their writing
 * as a page, as Markdown and as CSV. It knows nothing of trainings; {@code lab} and {@code
 * lab.studies} make the documents.
 */
package dev.vitrine.lab.report;
