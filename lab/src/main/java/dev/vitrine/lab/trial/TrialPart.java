package dev.vitrine.lab.trial;

import java.io.Serializable;

/**
 * A part of a trial's training, to its end or to where it is to stop.
 *
 * @param id the trial's name
 * @param epochs to train it to, or {@link dev.vitrine.lab.search.Known#END}
 * @param secondsLeft that it may take; infinity if that is not limited
 * @param epochsKept whether the network's numbers are kept after every epoch
 */
public record TrialPart(String id, int epochs, double secondsLeft, boolean epochsKept)
    implements Serializable {}
