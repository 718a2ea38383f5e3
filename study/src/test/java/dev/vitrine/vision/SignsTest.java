package dev.vitrine.vision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.vision.cut.Ink;
import dev.vitrine.vision.cut.MnistCut;
import dev.vitrine.vision.find.Box;
import dev.vitrine.vision.find.Candidate;
import dev.vitrine.vision.find.Piece;
import dev.vitrine.vision.find.Search;
import dev.vitrine.vision.model.DigitModel;
import dev.vitrine.vision.model.MadeUpModel;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A 7 with a dot below its foot. */
class SignsTest {
  /** Says the same of everything. */
  private record Sayer(int what) implements MadeUpModel {
    @Override
    public float[][] probabilities(float[][] cuts) {
      float[][] all = new float[cuts.length][];
      Arrays.setAll(all, _ -> says(what));
      return all;
    }
  }

  private static final DigitModel NONE = new Sayer(DigitModel.NONE);

  private static float[] says(int what) {
    float[] all = new float[DigitModel.CLASSES];
    all[what] = 1;
    return all;
  }

  private static Search.Step step(Box box, Ink ink, int digit, double contrast) {
    Piece piece = new Piece(box, ink, box.width() * box.height() / 3, contrast, 0);
    Candidate candidate = new Candidate(0, 1, piece, MnistCut.of(ink), says(digit), 0);
    return new Search.Step(candidate, digit != DigitModel.NONE);
  }

  /** 40 × 60: a bar, and a stroke from its right end down to the left, to column 10. */
  private static Search.Step seven(int digit) {
    float[] ink = new float[40 * 60];
    for (int y = 0; y < 60; y++) {
      for (int x = 0; x < 40; x++) {
        ink[y * 40 + x] = y < 6 || Math.abs(x - 36 + 26 * y / 60.0) < 4 ? 1 : 0;
      }
    }
    return step(new Box(100, 50, 40, 60), new Ink(40, 60, ink), digit, 0.8);
  }

  private static Search.Step dot(int left, int top, int size, double contrast) {
    float[] ink = new float[size * size];
    Arrays.fill(ink, 1);
    return step(
        new Box(left, top, size, size), new Ink(size, size, ink), DigitModel.NONE, contrast);
  }

  private static boolean isSign(int digit, Search.Step dot, DigitModel model) {
    return Signs.isSign(seven(digit), List.of(seven(digit), dot), model);
  }

  @Test
  void aSevenWithADotBelowItsFootIsAQuestionMark() {
    assertThat(isSign(7, dot(107, 122, 8, 0.8), NONE)).isTrue();
    assertThat(isSign(1, dot(107, 122, 8, 0.8), NONE)).isTrue();
  }

  @Test
  void dirtAroundItIsNoDotOfASign() {
    assertThat(isSign(7, dot(145, 104, 8, 0.8), NONE)).as("a full stop").isFalse();
    assertThat(isSign(7, dot(107, 160, 8, 0.8), NONE)).as("far below").isFalse();
    assertThat(isSign(7, dot(130, 122, 8, 0.8), NONE)).as("below the bar").isFalse();
    assertThat(isSign(7, dot(107, 122, 8, 0.3), NONE)).as("fainter").isFalse();
    assertThat(isSign(7, dot(100, 122, 30, 0.8), NONE)).as("larger").isFalse();
    assertThat(isSign(7, dot(107, 122, 8, 0.8), new Sayer(7))).as("a 7 with it").isFalse();
    assertThat(isSign(4, dot(107, 122, 8, 0.8), NONE)).as("a 4").isFalse();
  }
}
