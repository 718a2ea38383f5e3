package dev.vitrine.kernel;

/**
 * The windows of a pooling over one channel's plane, padding left out.
 *
 * @param start for each output position its first entry in {@code member}, and one entry more
 * @param member offsets, in floats, of the windows' input elements within the plane, row by row
 * @param scale for each output position, one over what an average divides by
 * @param inSize floats in an input plane, lanes included
 * @param outSize floats in an output plane, lanes included
 * @param covers whether every input element belongs to exactly one window
 */
@SuppressWarnings("ArrayRecordComponent") // tables made once, never compared
public record PoolTable(
    int[] start, int[] member, float[] scale, int inSize, int outSize, boolean covers) {}
