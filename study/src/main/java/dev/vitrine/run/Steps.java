package dev.vitrine.run;

/**
 * How long a training is.
 *
 * @param perEpoch steps of a pass over the training examples
 * @param total steps of it all
 */
public record Steps(long perEpoch, long total) {}
