package dev.vitrine.vision.find;

import java.util.Objects;

/**
 * Ink that is not read.
 *
 * @param piece the ink
 * @param reason why, in mid-sentence
 */
public record Rejected(Piece piece, String reason) {
  /** Refuses {@code null}. */
  public Rejected {
    Objects.requireNonNull(piece, "piece");
    Objects.requireNonNull(reason, "reason");
  }
}
