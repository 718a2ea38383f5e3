package dev.vitrine.vision.photo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.image.Raster;
import org.junit.jupiter.api.Test;

/** Planted strokes: what is found of them under shadows, beside each other, and on rules. */
class InkTest {
  private static final int WIDTH = 300;
  private static final int HEIGHT = 200;

  private static Raster paper(int level) {
    Raster paper = Raster.black(WIDTH, HEIGHT, 1);
    paper.fill(level);
    return paper;
  }

  private static void bar(Raster picture, int left, int top, int width, int height, int level) {
    for (int y = top; y < top + height; y++) {
      for (int x = left; x < left + width; x++) {
        picture.set(x, y, 0, level);
      }
    }
  }

  private static boolean set(Mask mask, int x, int y) {
    return mask.set()[y * mask.width() + x];
  }

  @Test
  void aShadowIsPaperAndAStrokeInItIsInk() {
    Raster picture = paper(220);
    bar(picture, 0, 0, 150, HEIGHT, 110);
    bar(picture, 60, 60, 8, 80, 25);
    bar(picture, 230, 60, 8, 80, 50);
    Mask mask = Threshold.LOCAL.of(Contrast.of(picture));
    assertThat(set(mask, 63, 100)).isTrue();
    assertThat(set(mask, 233, 100)).isTrue();
    assertThat(mask.area()).isBetween(2 * 8 * 80 - 200, 2 * 8 * 80 + 400);
    assertThat(mask.stroke()).isBetween(7f, 9f);
  }

  @Test
  void faintPencilBesideADarkPenKeepsItsWidth() {
    Raster picture = paper(220);
    bar(picture, 60, 60, 8, 80, 20);
    bar(picture, 180, 60, 6, 80, 145);
    Mask mask = Threshold.LOCAL.of(Contrast.of(picture));
    for (int x = 180; x < 186; x++) {
      assertThat(set(mask, x, 100)).as("column %s", x).isTrue();
    }
    assertThat(set(mask, 178, 100)).isFalse();
    assertThat(set(mask, 187, 100)).isFalse();
  }

  /** A dark pen on a printed grid: one threshold for the page leaves the grid behind. */
  @Test
  void otsusThresholdLeavesPaleLinesBehindADarkPen() {
    Raster picture = paper(220);
    bar(picture, 30, 100, 100, 4, 120);
    bar(picture, 60, 60, 8, 80, 20);
    assertThat(set(Threshold.LOCAL.of(Contrast.of(picture)), 120, 101)).isTrue();
    Mask mask = Threshold.OTSU.of(Contrast.of(picture));
    assertThat(set(mask, 63, 100)).isTrue();
    assertThat(set(mask, 120, 101)).isFalse();
    assertThat(mask.area()).isBetween(8 * 80 - 20, 8 * 80 + 60);
  }

  @Test
  void blueAndBlackInkBothCount() {
    Raster picture = Raster.black(WIDTH, HEIGHT, 3);
    picture.fill(220);
    for (int y = 60; y < 140; y++) {
      for (int x = 60; x < 68; x++) {
        picture.set(x, y, 0, 40);
        picture.set(x, y, 1, 60);
        for (int channel = 0; channel < 3; channel++) {
          picture.set(x + 100, y, channel, 30);
        }
      }
    }
    Mask mask = Threshold.LOCAL.of(Contrast.of(picture));
    assertThat(set(mask, 63, 100)).isTrue();
    assertThat(set(mask, 163, 100)).isTrue();
  }

  @Test
  void rulesGoAndTheStrokesOnThemStayWhole() {
    Raster picture = paper(220);
    for (int top = 40; top < HEIGHT; top += 40) {
      bar(picture, 0, top, WIDTH, 3, 90);
    }
    bar(picture, 100, 50, 8, 80, 20);
    Rules rules = Rules.of(Threshold.LOCAL.of(Contrast.of(picture)));
    assertThat(rules.lines()).hasSize(4);
    Mask mask = rules.mask();
    for (int y = 50; y < 130; y++) {
      assertThat(set(mask, 104, y)).as("row %s", y).isTrue();
    }
    assertThat(set(mask, 30, 81)).isFalse();
    assertThat(set(mask, 250, 121)).isFalse();
  }

  /** A stroke that lies on a rule and slowly leaves it does not lead away from the rest of it. */
  @Test
  void aRuleIsFoundAgainBehindAStrokeThatLeavesIt() {
    Raster picture = paper(220);
    for (int top = 40; top < HEIGHT; top += 40) {
      bar(picture, 0, top, WIDTH, 2, 60);
    }
    bar(picture, 105, 80, 50, 2, 220); // beside dark ink a pale rule is lost
    for (int x = 100; x < 155; x++) {
      bar(picture, x, 80 + (x - 100) / 6, 1, 3, 20);
    }
    Rules rules = Rules.of(Threshold.LOCAL.of(Contrast.of(picture)));
    assertThat(rules.lines()).hasSize(4);
    assertThat(set(rules.mask(), 250, 81)).isFalse();
    assertThat(set(rules.mask(), 150, 89)).isTrue();
  }

  /** A blue rule under a black stroke that runs along it. */
  @Test
  void aDarkStrokeAlongAPaleRuleStays() {
    Raster picture = paper(220);
    for (int top = 40; top < HEIGHT; top += 40) {
      bar(picture, 0, top, WIDTH, 3, 170);
    }
    bar(picture, 100, 80, 60, 3, 20);
    Rules rules = Rules.of(Threshold.LOCAL.of(Contrast.of(picture)));
    assertThat(rules.lines()).hasSize(4);
    for (int x = 102; x < 158; x++) {
      assertThat(set(rules.mask(), x, 81)).as("column %s", x).isTrue();
    }
    assertThat(set(rules.mask(), 30, 81)).isFalse();
    assertThat(set(rules.mask(), 250, 81)).isFalse();
  }

  /** Near digits squared paper shows in places only: what is left of it would be read as ones. */
  @Test
  void piecesOfAPaleRuleGoWhereOthersAreLikeIt() {
    Raster picture = paper(220);
    for (int top = 40; top < 160; top += 40) {
      bar(picture, 0, top, WIDTH, 3, 170);
    }
    bar(picture, 0, 160, 40, 3, 170);
    bar(picture, 120, 160, 50, 3, 170);
    bar(picture, 210, 160, 60, 3, 20);
    Mask mask = Rules.of(Threshold.LOCAL.of(Contrast.of(picture))).mask();
    assertThat(set(mask, 20, 161)).isFalse();
    assertThat(set(mask, 145, 161)).isFalse();
    assertThat(set(mask, 240, 161)).isTrue();
  }

  /** A table of one row: what divides its cells is no longer than a digit might be. */
  @Test
  void theDividersOfADrawnTableGoAndTheOnesInItStay() {
    Raster picture = paper(220);
    bar(picture, 40, 80, 211, 4, 20);
    bar(picture, 40, 121, 211, 4, 20);
    for (int left = 40; left <= 247; left += 69) {
      bar(picture, left, 80, 4, 45, 20);
    }
    bar(picture, 72, 90, 5, 26, 20);
    bar(picture, 210, 90, 5, 26, 20);
    Rules rules = Rules.of(Threshold.LOCAL.of(Contrast.of(picture)));
    assertThat(rules.lines()).hasSize(6);
    assertThat(rules.lines().stream().filter(Rules.Rule::upright)).hasSize(4);
    assertThat(set(rules.mask(), 41, 100)).isFalse();
    assertThat(set(rules.mask(), 110, 100)).isFalse();
    assertThat(set(rules.mask(), 74, 100)).isTrue();
    assertThat(set(rules.mask(), 212, 100)).isTrue();
  }

  @Test
  void onesFromRuleToRuleOfRuledPaperStay() {
    Raster picture = paper(220);
    for (int top = 40; top < HEIGHT; top += 40) {
      bar(picture, 0, top, WIDTH, 3, 90);
    }
    for (int left = 100; left <= 160; left += 30) {
      bar(picture, left, 80, 4, 43, 20);
    }
    Rules rules = Rules.of(Threshold.LOCAL.of(Contrast.of(picture)));
    assertThat(rules.lines()).hasSize(4);
    assertThat(set(rules.mask(), 101, 100)).isTrue();
    assertThat(set(rules.mask(), 161, 100)).isTrue();
  }

  @Test
  void oneLongStrokeIsNoRule() {
    Raster picture = paper(220);
    bar(picture, 60, 90, 180, 6, 20);
    Rules rules = Rules.of(Threshold.LOCAL.of(Contrast.of(picture)));
    assertThat(rules.lines()).isEmpty();
    assertThat(set(rules.mask(), 150, 92)).isTrue();
  }

  @Test
  void onePaperColourHasNoInk() {
    assertThat(Threshold.LOCAL.of(Contrast.of(paper(128))).area()).isZero();
  }

  @Test
  void componentsMeetAtCorners() {
    String[] rows = {"x.x...", "x.x..x", ".x..x.", "......", "xx...."};
    boolean[] mask = new boolean[30];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = rows[i / 6].charAt(i % 6) == 'x';
    }
    Labels labels = Labels.of(mask, 6, 5);
    assertThat(labels.count()).isEqualTo(3);
    assertThat(labels.at(0)).isEqualTo(labels.at(2)).isZero();
    assertThat(labels.at(11)).isEqualTo(labels.at(16)).isEqualTo(1);
    assertThat(labels.at(24)).isEqualTo(2);
    assertThat(labels.at(1)).isEqualTo(-1);
  }

  @Test
  void windowsAreThoseOfPlainLoops() {
    for (int[] size : new int[][] {{1, 1}, {13, 7}, {17, 31}}) {
      float[] values = new float[size[0] * size[1]];
      for (int i = 0; i < values.length; i++) {
        values[i] = (i * 7919) % 101;
      }
      Plane plane = new Plane(size[0], size[1], values.clone());
      Windows.largest(plane, 3);
      for (int y = 0; y < size[1]; y++) {
        for (int x = 0; x < size[0]; x++) {
          float most = 0;
          for (int v = Math.max(0, y - 3); v <= Math.min(size[1] - 1, y + 3); v++) {
            for (int u = Math.max(0, x - 3); u <= Math.min(size[0] - 1, x + 3); u++) {
              most = Math.max(most, values[v * size[0] + u]);
            }
          }
          assertThat(plane.at(x, y)).isEqualTo(most);
        }
      }
    }
  }
}
