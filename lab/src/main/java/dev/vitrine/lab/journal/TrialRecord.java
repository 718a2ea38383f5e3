package dev.vitrine.lab.journal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What is known of a trial.
 *
 * @param id its name
 * @param seed of its random numbers
 * @param command that trains it alone
 * @param reached what it came to, by the epochs that were done
 * @param end the last of them, if it is the end of its training
 * @param failure why it has no result, if it failed and is not to be tried again
 * @param seconds that its training took, all parts together
 * @param counted the seconds among them that count against a limit: those since it was last tried
 *     again
 * @param measured what its network says of what it learned from, if it was chosen and measured
 * @param gradients how large its network's gradients are, if that was asked
 * @param tests what the test data said at its end and, by epoch, of kept checkpoints
 */
public record TrialRecord(
    String id,
    long seed,
    String command,
    SortedMap<Integer, Event.Reached> reached,
    Optional<Event.Reached> end,
    Optional<Event.Failed> failure,
    double seconds,
    double counted,
    Optional<Event.Measured> measured,
    List<Event.Gradients> gradients,
    Map<Optional<Integer>, Event.Tested> tests) {}
