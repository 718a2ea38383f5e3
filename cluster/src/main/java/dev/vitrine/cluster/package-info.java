/**
 * Trainings, predictions and sweeps on Apache Spark, in the bits of one machine. Whoever has a
 * cluster may call it, and the command line finds it as a service; nothing of the project depends
 * on it, and Spark is found where it runs.
 */
package dev.vitrine.cluster;
