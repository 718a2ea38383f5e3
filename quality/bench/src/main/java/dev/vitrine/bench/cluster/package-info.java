/**
 * What a step of a training costs on a cluster that is not here: a model, and tables of it. Run by
 * hand; nothing here measures anything.
 */
package dev.vitrine.bench.cluster;
