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
import org.junit.jupiter.api.Test;

/** What is kept of a picture that is full of ink that is no digit. */
class AttemptTest {
  private static Piece piece(int width) {
    float[] full = new float[width * 20];
    Arrays.fill(full, 1);
    return new Piece(new Box(0, 0, width, 20), new Ink(width, 20, full), full.length, 0.8, 0);
  }

  private static ReadLine line(String text, double probability) {
    return new ReadLine(
        text.chars().mapToObj(digit -> digit(digit - '0', probability)).toList(), List.of());
  }

  private static ReadDigit digit(int digit, double probability) {
    float[] all = new float[DigitModel.CLASSES];
    all[digit] = (float) probability;
    all[DigitModel.NONE] = (float) (1 - probability);
    Piece piece = piece(10);
    return new ReadDigit(
        piece.box(), new Candidate(0, 1, piece, MnistCut.of(piece.ink()), all, 0), all);
  }

  private static Attempt among(ReadLine... lines) {
    return new Attempt(List.of(lines), List.of(new Rejected(piece(400), "no digit")));
  }

  private static List<String> kept(Attempt attempt) {
    assertThat(attempt.isEvident(400)).isFalse();
    return attempt.withoutChance().lines().stream().map(ReadLine::text).toList();
  }

  /** Letters of three lines of words look like digits by chance; the number below them is one. */
  @Test
  void aNumberBetweenWordsIsKept() {
    Attempt words = among(line("6560160626", 0.61), line("59", 0.998), line("99", 0.998));
    assertThat(kept(words)).containsExactly("59", "99");
    assertThat(words.withoutChance().rejected()).hasSize(11);
  }

  @Test
  void aNumberOnASmallSheetIsKept() {
    assertThat(kept(among(line("385", 0.933)))).containsExactly("385");
  }

  /** Beside three folds, which are much ink: 5, 7, 3, 9 sure, and a 4 that is like a 9. */
  @Test
  void oneDoubtfulDigitDoesNotCostTheOthers() {
    List<ReadDigit> digits = new ArrayList<>(line("5", 0.999).digits());
    digits.addAll(line("9", 0.3).digits());
    digits.addAll(line("7", 0.99).digits());
    assertThat(kept(among(new ReadLine(digits, List.of())))).containsExactly("597");
    assertThat(kept(among(new ReadLine(digits.subList(0, 2), List.of())))).isEmpty();
  }

  @Test
  void whatChanceFindsIsNotKept() {
    assertThat(kept(among(line("9821", 0.405), line("81", 0.84)))).isEmpty();
    assertThat(kept(among(line("3", 0.94), line("11", 0.94)))).isEmpty();
  }

  /** Stripes beside a sheet are sure ones; digits there count. */
  @Test
  void onesAroundASheetDoNotSpeakForTheWholePicture() {
    Attempt sheet = new Attempt(List.of(line("92868886", 0.97)), List.of());
    ReadLine inside = line("92868886", 0.97);
    assertThat(sheet.isBetterThan(new Attempt(List.of(inside, line("11111", 0.98)), List.of())))
        .isTrue();
    assertThat(sheet.isBetterThan(new Attempt(List.of(inside, line("24724", 0.98)), List.of())))
        .isFalse();
  }

  /** Grain, twigs and threads are ones too: they need more than other digits. */
  @Test
  void onesAloneMustBeMuchOfTheInkAndNoScratches() {
    Attempt others = new Attempt(List.of(line("4711", 0.99)), List.of());
    assertThat(others.isEvident(4000)).isTrue();
    Attempt ones = new Attempt(List.of(line("11", 0.99)), List.of());
    assertThat(ones.isEvident(4000)).isTrue();
    assertThat(among(line("11", 0.99)).isEvident(400)).isFalse();
    Attempt grain = new Attempt(List.of(line("11", 0.99), line("1", 0.99)), List.of());
    assertThat(grain.isEvident(300)).isFalse();
    Attempt fabric =
        new Attempt(List.of(line("8111141161", 0.8)), List.of(new Rejected(piece(100), "")));
    assertThat(fabric.isEvident(300)).isFalse();
    Attempt single = new Attempt(List.of(line("1", 0.99)), List.of());
    assertThat(single.isEvident(300)).isTrue();
    assertThat(single.isEvident(900)).isFalse();
    assertThat(single.withoutChance().lines()).isEmpty();
  }

  /** Whatever is long is a 1 when it stands on its end: that is no reason to turn the picture. */
  @Test
  void onesSayNothingOfWhichWayIsUp() {
    Attempt mixed = new Attempt(List.of(line("117", 0.5)), List.of());
    assertThat(mixed.explained()).isEqualTo(300);
    assertThat(mixed.explainedBeyondOnes()).isEqualTo(100);
  }
}
