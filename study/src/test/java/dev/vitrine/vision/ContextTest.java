package dev.vitrine.vision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.vision.cut.Ink;
import dev.vitrine.vision.cut.MnistCut;
import dev.vitrine.vision.find.Box;
import dev.vitrine.vision.find.Candidate;
import dev.vitrine.vision.find.Piece;
import dev.vitrine.vision.find.Rejected;
import dev.vitrine.vision.model.DigitModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Lines of numbers and words: digits, {@code x} for a letter, a blank for a wide gap. */
class ContextTest {
  private static final int HEIGHT = 40;
  private static final int WIDTH = 24;

  private static Piece piece(int left, int width, int height) {
    float[] full = new float[width * height];
    Arrays.fill(full, 1);
    return new Piece(
        new Box(left, 0, width, height), new Ink(width, height, full), full.length, 0.8, 0);
  }

  private static ReadDigit digit(Piece piece, int digit, double probability) {
    float[] all = new float[DigitModel.CLASSES];
    all[digit] = (float) probability;
    all[DigitModel.NONE] = (float) (1 - probability);
    return new ReadDigit(
        piece.box(), new Candidate(0, 1, piece, MnistCut.of(piece.ink()), all, 0), all);
  }

  /** A line in which each digit is so likely. */
  private static Context.Line line(String text, double probability) {
    List<ReadDigit> digits = new ArrayList<>();
    List<Rejected> rejected = new ArrayList<>();
    int left = 0;
    for (int i = 0; i < text.length(); i++) {
      char sign = text.charAt(i);
      Piece piece = piece(left, sign == '|' ? 3 : WIDTH, HEIGHT);
      if (Character.isDigit(sign)) {
        digits.add(digit(piece, sign - '0', probability));
      } else if (sign != ' ') {
        rejected.add(new Rejected(piece, "no digit"));
      }
      left += WIDTH + 4;
    }
    return new Context.Line(
        new Judged(Optional.of(new ReadLine(digits, List.of())), rejected), HEIGHT);
  }

  private static String read(String text, double probability, double letters) {
    Judged judged = Context.of(line(text, probability), letters);
    int digits = (int) text.chars().filter(Character::isDigit).count();
    int left = judged.line().map(each -> each.digits().size()).orElse(0);
    assertThat(judged.rejected()).hasSize(line(text, 1).judged().rejected().size() + digits - left);
    return judged.line().map(ReadLine::text).orElse("");
  }

  @Test
  void whatIsLikeADigitWithinAWordIsALetter() {
    assertThat(read("xx2xx", 0.9, 4)).isEmpty();
    assertThat(read("x2x 5x1x", 0.9, 6)).isEmpty();
    assertThat(read("xx1xx", 0.99, 4)).isEmpty();
  }

  @Test
  void aNumberBesideAWordIsKept() {
    assertThat(read("xxxxx 45", 0.99, 5)).isEqualTo("45");
    assertThat(read("xx1xx 7", 0.99, 4)).isEqualTo("7");
    assertThat(read("452 xxxx", 0.99, 4)).isEqualTo("452");
    assertThat(read("xxx15 02", 0.99, 15)).as("the end of Preis").isEqualTo("02");
  }

  @Test
  void aSignBesideANumberTakesNothingFromIt() {
    assertThat(read("3176x", 0.8, 1)).isEqualTo("3176");
    assertThat(read("x5", 0.98, 1)).isEqualTo("5");
    assertThat(read("46x27x8", 0.98, 2)).isEqualTo("46278");
  }

  /** A 5 in two parts that were not joined costs the digits beside it nothing. */
  @Test
  void twoRejectedPiecesAreNoWord() {
    assertThat(read("1x 0", 0.99, 1)).isEqualTo("10");
    assertThat(read("1xx 0", 0.9, 2)).isEqualTo("10");
  }

  /** Of a page of print half the letters are surely like digits, some words all through. */
  @Test
  void onAPageOfWritingSureDigitsAreLettersToo() {
    assertThat(read("x47xx01x xx4011 x", 0.99, 3)).isNotEmpty();
    assertThat(read("x47xx01x xx4011 x", 0.99, 200)).isEmpty();
    assertThat(read("4711", 0.99, 200)).isEqualTo("4711");
  }

  /** What divides a drawn table, and folds, are no letters. */
  @Test
  void barsAreNoLetters() {
    assertThat(line("|4|5|6|", 0.7).letters()).isZero();
    assertThat(read("|4|5|6|", 0.7, 4)).isEqualTo("456");
  }

  /** One piece that is as wide as a word counts as several letters. */
  @Test
  void aWordThatHangsTogetherIsSeveralLetters() {
    Rejected word = new Rejected(piece(0, 5 * WIDTH, HEIGHT), "no digit");
    Context.Line line = new Context.Line(new Judged(Optional.empty(), List.of(word, word)), HEIGHT);
    assertThat(line.letters()).isBetween(6.0, 9.0);
  }
}
