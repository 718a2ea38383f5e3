package dev.vitrine.vision;

import dev.vitrine.vision.find.Box;
import dev.vitrine.vision.find.Candidate;
import dev.vitrine.vision.model.DigitModel;
import java.util.Locale;
import java.util.Objects;

/**
 * A digit as it was read. Its probabilities are those of all ways through its line that were kept,
 * each weighted with how likely it is: what the digit is, and its second guess, follow from the
 * same numbers, so the second is never the likelier one.
 *
 * @param box where it is, in pixels of the picture that was looked at
 * @param candidate its ink, its cut and what the model says of it
 * @param probabilities of each digit 0 … 9 in this place, of none ({@link DigitModel#NONE}), and of
 *     ink that is to be cut otherwise ({@link DigitModel#SEVERAL}); together 1
 */
public record ReadDigit(Box box, Candidate candidate, float[] probabilities) {
  /** A digit that is less probable is unsure, as it is printed: in whole per cent. */
  private static final double SURE = 0.965;

  /** What is no other digit is said from this on. */
  private static final double WORTH_SAYING = 0.05;

  /** Refuses {@code null}. */
  public ReadDigit {
    Objects.requireNonNull(box, "box");
    Objects.requireNonNull(candidate, "candidate");
    Objects.requireNonNull(probabilities, "probabilities");
  }

  /** {@return the digit, 0 … 9: the likeliest one} */
  public int digit() {
    return best(-1);
  }

  /** {@return how likely {@link #digit} is} */
  public double probability() {
    return probabilities[digit()];
  }

  /** {@return whether a person should look at it: it is less than 97 % likely} */
  public boolean unsure() {
    return probability() < SURE;
  }

  /** {@return the second guess, 0 … 9} */
  public int second() {
    return best(digit());
  }

  /** {@return how likely the second guess is} */
  public double secondProbability() {
    return probabilities[second()];
  }

  /**
   * {@return what it is if it is not {@link #digit}, and how likely that is, such as "or 4, 12 %":
   * the second guess, or, if that is clearly likelier, no digit, or ink that is to be cut
   * otherwise} These may be likelier than the digit, for leaving ink out, or cutting it, must be
   * worth it: then it is "rather no digit, 60 %".
   */
  public String otherwise() {
    double none = probabilities[DigitModel.NONE];
    double several = probabilities[DigitModel.SEVERAL];
    double most = Math.max(none, several);
    if (most <= secondProbability() || most < WORTH_SAYING) {
      return said("or", Integer.toString(second()), secondProbability());
    }
    return said(
        most > probability() ? "rather" : "or", most == none ? "no digit" : "cut otherwise", most);
  }

  private static String said(String how, String what, double probability) {
    return String.format(Locale.ROOT, "%s %s, %.0f %%", how, what, 100 * probability);
  }

  private int best(int but) {
    int best = -1;
    for (int digit = 0; digit < DigitModel.DIGITS; digit++) {
      if (digit != but && (best < 0 || probabilities[digit] > probabilities[best])) {
        best = digit;
      }
    }
    return best;
  }
}
