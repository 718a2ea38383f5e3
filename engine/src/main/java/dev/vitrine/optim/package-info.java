/**
 * Optimisers and learning-rate schedules: immutable rules. The numbers they update and remember are
 * the caller's arrays, so that any stretch of them can be updated by any thread.
 */
package dev.vitrine.optim;
