package dev.vitrine.vision.find;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.vision.cut.Ink;
import dev.vitrine.vision.cut.MnistCut;
import dev.vitrine.vision.model.MadeUpModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a first look says of full boxes. */
class SurveyTest {
  /** Whatever is higher than wide is a digit, whatever is wider a letter. */
  private record Upright(int digit) implements MadeUpModel {
    @Override
    public float[][] probabilities(float[][] cuts) {
      float[][] all = new float[cuts.length][CLASSES];
      for (int i = 0; i < all.length; i++) {
        // The longer side fills 20 points: is there ink at the upper end of the middle column?
        boolean tall = cuts[i][5 * MnistCut.SIDE + 14] > 0.5f;
        all[i][tall ? digit : NONE] = 1;
      }
      return all;
    }
  }

  private static Piece box(int width, int height) {
    float[] full = new float[width * height];
    Arrays.fill(full, 1);
    return new Piece(
        new Box(0, 0, width, height), new Ink(width, height, full), full.length, 0.8, 0);
  }

  @Test
  void aNumberBelowSmallPrintHasAHeightOfItsOwn() {
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      pieces.add(box(7, 14));
    }
    assertThat(Survey.of(pieces, new Upright(5)).tall()).isZero();
    pieces.add(box(16, 60));
    pieces.add(box(16, 64));
    Survey survey = Survey.of(pieces, new Upright(5));
    assertThat(survey.height()).isEqualTo(14);
    assertThat(survey.tall()).isEqualTo(64);
    assertThat(Survey.of(pieces, new Upright(1)).tall()).as("strokes").isZero();
  }

  /** Two lie, one stands: on their end two of three are clear. */
  @Test
  void clearIsTheShareOfDigitsTheBetterWayUp() {
    List<Piece> pieces = new ArrayList<>(List.of(box(60, 20), box(60, 20), box(20, 40)));
    assertThat(Survey.of(pieces, new Upright(5)).quarters()).isNotZero();
    assertThat(Survey.of(pieces, new Upright(5)).clear()).isBetween(0.6, 0.7);
  }
}
