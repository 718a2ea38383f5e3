package dev.vitrine.vision;

import dev.vitrine.vision.find.Box;
import dev.vitrine.vision.find.Piece;
import dev.vitrine.vision.find.Rejected;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What stands beside a digit: numbers and words follow each other along a line, and what is like a
 * digit within a word is a letter. The likeliest sequence of both is found by dynamic programming
 * (Viterbi 1967), in nats: a letter in a number costs much, a digit in a word costs as much as it
 * is sure, to go from one to the other costs less the wider the gap is.
 *
 * <p>How often letters are like digits depends on the hand and the print. Where there are many
 * letters a sure digit among them says less.
 */
final class Context {
  /** Of the line's height: what is lower is a dash, a comma or dirt, and no letter. */
  private static final double LOW = 0.5;

  /** Of its height: what is narrower is a bar, a fold or a table's line, and no letter. */
  private static final double THIN = 0.18;

  /** Of the digits' contrast: what is fainter is a fold or shows through. */
  private static final double FAINT = 0.4;

  /** Of the line's height: the width of a letter, in a word that hangs together. */
  private static final double WIDE = 0.8;

  private static final double MOST_LETTERS = 6;

  /** Letters of a page without words: rather pieces of digits that were not read. */
  private static final double NO_WORD = 3;

  private static final double LETTER = 0.36;
  private static final double LETTER_IN_NUMBER = 4.6;

  /** To begin with a word. */
  private static final double BEGIN = 1.3;

  /** To go from a word to a number or back, without a gap and with one of these, in heights. */
  private static final double TOGETHER = 6;

  private static final double APART = 1.3;
  private static final double NO_GAP = 0.1;
  private static final double GAP = 0.5;

  /** How often a letter is surely like a digit, at least and where letters are many. */
  private static final double SELDOM = 0.02;

  private static final double OFTEN = 0.5;
  private static final double PER_LETTER = 0.01;
  private static final int FEW = 8;

  /** How often it is like a 1, at least: i, l, t and whatever is one stroke. */
  private static final double LIKE_ONE = 0.3;

  /** By how much oftener letters are like these than like others. */
  private static final double ONES = 3;

  private static final double ZEROS = 2;

  private Context() {}

  /**
   * A line with what was rejected of it.
   *
   * @param judged its digits and what is none
   * @param height how high its digits usually are, in pixels
   */
  record Line(Judged judged, double height) {
    /** {@return how many letters there are, about} */
    double letters() {
      return judged.rejected().stream().mapToDouble(each -> Context.letters(each, this)).sum();
    }

    private double contrast() {
      return judged.line().stream()
          .flatMap(line -> line.digits().stream())
          .mapToDouble(digit -> digit.candidate().piece().contrast())
          .average()
          .orElse(0);
    }
  }

  /** A digit, or else letters. */
  private record Token(Box box, Optional<ReadDigit> digit, double letters) {}

  /**
   * {@return the line without the digits that are rather letters}
   *
   * @param line what was found
   * @param letters how many there are on the page
   */
  static Judged of(Line line, double letters) {
    List<ReadDigit> digits = line.judged.line().map(ReadLine::digits).orElse(List.of());
    if (digits.isEmpty() || line.letters() == 0 || letters < NO_WORD) {
      return line.judged;
    }
    List<Token> tokens = new ArrayList<>();
    digits.forEach(digit -> tokens.add(new Token(digit.box(), Optional.of(digit), 0)));
    for (Rejected each : line.judged.rejected()) {
      double count = letters(each, line);
      if (count > 0) {
        tokens.add(new Token(each.piece().box(), Optional.empty(), count));
      }
    }
    tokens.sort(Comparator.comparingDouble(token -> token.box.middleX()));
    return divided(line.judged, tokens, numbers(tokens, line.height, often(letters)));
  }

  private static double letters(Rejected rejected, Line line) {
    Piece piece = rejected.piece();
    Box box = piece.box();
    boolean none =
        box.height() < LOW * line.height
            || Math.min(box.width(), box.height()) < THIN * box.longer()
            || piece.contrast() < FAINT * line.contrast();
    return none ? 0 : Math.clamp(box.width() / (WIDE * line.height), 1, MOST_LETTERS);
  }

  private static double often(double letters) {
    return Math.clamp(SELDOM + PER_LETTER * (letters - FEW), SELDOM, OFTEN);
  }

  /** Which tokens belong to numbers. */
  private static boolean[] numbers(List<Token> tokens, double height, double often) {
    int count = tokens.size();
    double word = BEGIN;
    double number = 0;
    boolean[] wordFromNumber = new boolean[count];
    boolean[] numberFromWord = new boolean[count];
    for (int i = 0; i < count; i++) {
      Token token = tokens.get(i);
      double change = i == 0 ? 0 : change(tokens.get(i - 1).box, token.box, height);
      wordFromNumber[i] = i > 0 && number + change < word;
      numberFromWord[i] = i > 0 && word + change < number;
      double asWord = (wordFromNumber[i] ? number + change : word) + asLetter(token, often);
      number = (numberFromWord[i] ? word + change : number) + inNumber(token);
      word = asWord;
    }
    boolean[] numbers = new boolean[count];
    boolean here = number <= word;
    for (int i = count - 1; i >= 0; i--) {
      numbers[i] = here;
      here = here ? !numberFromWord[i] : wordFromNumber[i];
    }
    return numbers;
  }

  private static double inNumber(Token token) {
    return token.digit.map(digit -> -Math.log(digit.probability())).orElse(0.0)
        + token.letters * LETTER_IN_NUMBER;
  }

  private static double asLetter(Token token, double often) {
    if (token.digit.isEmpty()) {
      return token.letters * LETTER;
    }
    ReadDigit digit = token.digit.get();
    double least =
        switch (digit.digit()) {
          case 0 -> ZEROS * often;
          case 1 -> Math.clamp(ONES * often, LIKE_ONE, 1);
          default -> often;
        };
    return -Math.log(Math.max(least, 1 - digit.probability()));
  }

  private static double change(Box before, Box after, double height) {
    double gap = (after.left() - before.right()) / height;
    double apart = Math.clamp((gap - NO_GAP) / (GAP - NO_GAP), 0, 1);
    return TOGETHER + apart * (APART - TOGETHER);
  }

  private static Judged divided(Judged judged, List<Token> tokens, boolean[] numbers) {
    List<ReadDigit> kept = new ArrayList<>();
    List<Rejected> rejected = new ArrayList<>(judged.rejected());
    for (int i = 0; i < numbers.length; i++) {
      Optional<ReadDigit> digit = tokens.get(i).digit;
      if (digit.isPresent() && numbers[i]) {
        kept.add(digit.get());
      } else if (digit.isPresent()) {
        String reason =
            "it is like a %s, but it stands among letters".formatted(digit.get().digit());
        rejected.add(new Rejected(digit.get().candidate().piece(), reason));
      }
    }
    if (rejected.size() == judged.rejected().size()) {
      return judged;
    }
    return new Judged(
        kept.isEmpty() ? Optional.empty() : Optional.of(line(kept, judged.line().orElseThrow())),
        rejected);
  }

  /** Another reading that says the same as what is kept is none. */
  private static ReadLine line(List<ReadDigit> kept, ReadLine all) {
    String text = new ReadLine(kept, List.of()).text();
    return new ReadLine(
        kept, all.alternatives().stream().filter(each -> !each.text().equals(text)).toList());
  }
}
