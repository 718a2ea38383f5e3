package dev.vitrine.vision.model;

import java.util.List;

/**
 * Says of 28×28 cuts, as {@link dev.vitrine.vision.cut.MnistCut} makes them, how likely each digit
 * is, how likely it is that they are none (dirt, a letter, half a digit), and how likely several.
 */
public interface DigitModel extends AutoCloseable {
  /** How many digits there are. */
  int DIGITS = 10;

  /** The place of "no digit" among the probabilities, behind the ten digits. */
  int NONE = DIGITS;

  /** The place of "several digits that touch", the last. */
  int SEVERAL = DIGITS + 1;

  /** How many probabilities there are: of ten digits, of none, and of several. */
  int CLASSES = DIGITS + 2;

  /**
   * {@return for each cut 12 probabilities that sum to 1: of the digits 0 … 9, of no digit, and of
   * several that touch}
   *
   * @param cuts any number of 784 values each, row by row, 0 (ground) … 1 (ink)
   */
  float[][] probabilities(float[][] cuts);

  /** {@return how far its probabilities can be believed; empty if nobody has measured it} */
  default List<Reliability> reliability() {
    return List.of();
  }

  /** {@return what it is, in a few words for a person} */
  String title();

  @Override
  void close();
}
