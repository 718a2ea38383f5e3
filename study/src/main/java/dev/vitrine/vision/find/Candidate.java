package dev.vitrine.vision.find;

import java.util.Objects;

/**
 * Neighbouring atoms of a line taken for one digit.
 *
 * @param from the first atom
 * @param to the one behind the last
 * @param piece their ink as one
 * @param cut what a network sees of it: 28×28
 * @param probabilities of the digits 0 … 9, then of no digit
 * @param fit how well its size and place go with a digit of its line: 0 for usual, less for others
 */
public record Candidate(
    int from, int to, Piece piece, float[] cut, float[] probabilities, double fit) {
  /** Refuses {@code null}. */
  public Candidate {
    Objects.requireNonNull(piece, "piece");
    Objects.requireNonNull(cut, "cut");
    Objects.requireNonNull(probabilities, "probabilities");
  }

  /** {@return the likeliest digit} */
  public int best() {
    return ranked(0);
  }

  /** {@return the second likeliest digit} */
  public int second() {
    return ranked(1);
  }

  private int ranked(int place) {
    int first = -1;
    int second = -1;
    for (int digit = 0; digit < 10; digit++) {
      if (first < 0 || probabilities[digit] > probabilities[first]) {
        second = first;
        first = digit;
      } else if (second < 0 || probabilities[digit] > probabilities[second]) {
        second = digit;
      }
    }
    return place == 0 ? first : second;
  }
}
