package dev.vitrine.vision;

import dev.vitrine.vision.cut.Ink;
import dev.vitrine.vision.cut.MnistCut;
import dev.vitrine.vision.find.Box;
import dev.vitrine.vision.find.Candidate;
import dev.vitrine.vision.find.Piece;
import dev.vitrine.vision.find.Search;
import dev.vitrine.vision.model.DigitModel;
import java.util.List;

/** Signs that are a digit but for the dot below them: a question mark, an exclamation mark. */
final class Signs {
  /** Of the digit's height: the dot's size, how far below it stands and how far beside the foot. */
  private static final double DOT = 0.3;

  private static final double BELOW = 0.45;
  private static final double BESIDE = 0.2;

  /** Of the digit's height, from below: its foot. */
  private static final double FOOT = 0.15;

  /** Of the digit's contrast: what is fainter is no dot of the same pen. */
  private static final double FAINT = 0.6;

  /** How surely both together are no digit. */
  private static final double SURE = 0.5;

  private Signs() {}

  /**
   * {@return whether a step of a way is such a sign}
   *
   * @param step a digit
   * @param way all steps of its line
   * @param model says what both together are
   */
  static boolean isSign(Search.Step step, List<Search.Step> way, DigitModel model) {
    Candidate digit = step.candidate();
    if (digit.best() != 7 && digit.best() != 1 && digit.best() != 2) {
      return false;
    }
    return way.stream()
        .filter(other -> !other.digit())
        .map(other -> other.candidate().piece())
        .filter(dot -> isBelow(dot, digit.piece()))
        .anyMatch(dot -> isNone(List.of(digit.piece(), dot), model));
  }

  private static boolean isBelow(Piece dot, Piece digit) {
    Box box = dot.box();
    Box own = digit.box();
    return box.longer() <= DOT * own.height()
        && box.top() >= own.bottom() - 1
        && box.top() - own.bottom() <= BELOW * own.height()
        && Math.abs(box.middleX() - own.left() - foot(digit.ink())) <= BESIDE * own.height()
        && dot.contrast() >= FAINT * digit.contrast();
  }

  /** Where its lowest ink lies, from the left of its box. */
  private static double foot(Ink ink) {
    double sum = 0;
    double mass = 0;
    for (int y = (int) ((1 - FOOT) * ink.height()); y < ink.height(); y++) {
      for (int x = 0; x < ink.width(); x++) {
        sum += (x + 0.5) * ink.at(x, y);
        mass += ink.at(x, y);
      }
    }
    return mass == 0 ? ink.width() / 2.0 : sum / mass;
  }

  private static boolean isNone(List<Piece> both, DigitModel model) {
    float[] all = model.probabilities(new float[][] {MnistCut.of(Piece.joined(both).ink())})[0];
    return all[DigitModel.NONE] + all[DigitModel.SEVERAL] >= SURE;
  }
}
