/**
 * Zip archives, mapped: what is stored is read where it lies. For the readers of formats that are
 * such archives.
 */
package dev.vitrine.weights.zip;
