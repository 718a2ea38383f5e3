package dev.vitrine.vision.find;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.vision.cut.Ink;
import org.junit.jupiter.api.Test;

/** Strokes that hang together: a word, and digits that touch. */
class WordsTest {
  /** Strokes up and down, on a base as long as all of them. */
  private static Piece comb(int strokes, int apart, int height, boolean onItsSide) {
    int width = strokes * apart;
    float[] ink = new float[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean here = x % apart < 4 || y >= height - 4;
        ink[onItsSide ? x * height + y : y * width + x] = here ? 1 : 0;
      }
    }
    int wide = onItsSide ? height : width;
    int tall = onItsSide ? width : height;
    return new Piece(new Box(0, 0, wide, tall), new Ink(wide, tall, ink), ink.length / 3, 0.8, 0);
  }

  @Test
  void manyStrokesSideBySideAreAWordEitherWay() {
    assertThat(Words.isWord(comb(14, 12, 60, false))).isTrue();
    assertThat(Words.isWord(comb(14, 12, 60, true))).isTrue();
  }

  /** Six ones on a rule, as close as hands write them. */
  @Test
  void digitsOnARuleAreNoWord() {
    assertThat(Words.isWord(comb(6, 30, 60, false))).isFalse();
    assertThat(Words.isWord(comb(6, 16, 60, false))).isFalse();
    assertThat(Words.isWord(comb(1, 8, 60, false))).isFalse();
  }
}
