package dev.vitrine.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.image.Raster;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How readings are counted. */
class ScoreTest {
  private static final Page PAGE =
      new Page(
          Raster.black(40, 40, 3),
          List.of(
              new Page.Line(
                  List.of(new Page.Digit(1, 0, 0, 5, 10), new Page.Digit(2, 8, 0, 14, 10))),
              new Page.Line(List.of(new Page.Digit(3, 0, 20, 6, 30)))));

  private static Score score(String text, int[]... boxes) {
    return Score.of(PAGE, new Reader.Reading(text, List.of(boxes)));
  }

  @Test
  void distancesCountWhatWasChanged() {
    assertThat(Score.distance("12/3", "12/3")).isZero();
    assertThat(Score.distance("12/3", "1/3")).isEqualTo(1);
    assertThat(Score.distance("12/3", "17/3")).isEqualTo(1);
    assertThat(Score.distance("12/3", "")).isEqualTo(4);
    assertThat(Score.distance("12", "2122")).isEqualTo(2);
  }

  @Test
  void aRightReadingIsExact() {
    Score score = score("12/3");
    assertThat(score.accuracy()).isEqualTo(1);
    assertThat(score.exact()).isEqualTo(1);
    assertThat(score.found()).isZero();
  }

  @Test
  void boxesMustMatchOneForOne() {
    int[] one = {0, 1, 5, 10};
    int[] two = {8, 0, 14, 9};
    int[] three = {0, 20, 6, 31};
    assertThat(score("12/3", one, two, three).found()).isEqualTo(1);
    assertThat(score("12/3", one, two).found()).isZero();
    assertThat(score("12/3", one, two, three, new int[] {30, 30, 35, 35}).found()).isZero();
    assertThat(score("12/3", one, two, new int[] {0, 20, 3, 25}).found()).isZero();
  }
}
