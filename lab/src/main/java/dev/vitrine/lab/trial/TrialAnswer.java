package dev.vitrine.lab.trial;

import java.io.Serializable;

/**
 * What came of a trial that was sent elsewhere: texts and bytes.
 *
 * @param event as a line of a journal; empty if it could not be trained there at all
 * @param run its folder, packed
 * @param refusal why it could not be trained there, a sentence; otherwise empty
 */
public record TrialAnswer(String event, byte[] run, String refusal) implements Serializable {
  /** Of a place where it could not be trained. */
  static TrialAnswer refused(String where, String sentence) {
    return new TrialAnswer("", new byte[0], "On %s: %s".formatted(where, sentence));
  }
}
