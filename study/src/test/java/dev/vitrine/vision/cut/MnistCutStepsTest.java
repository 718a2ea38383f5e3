package dev.vitrine.vision.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.vision.cut.MnistCut.Step;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each step to MNIST's form, left out. */
class MnistCutStepsTest {
  private static final int SIZE = 100;

  /** A thick foot below a leg: its centre of mass lies below its box's. */
  private static Ink foot() {
    float[] values = new float[SIZE * SIZE];
    for (int y = 10; y < 90; y++) {
      for (int x = 30; x < 70; x++) {
        if (y >= 70 || (x >= 38 && x < 62)) {
          values[y * SIZE + x] = 1;
        }
      }
    }
    return new Ink(SIZE, SIZE, values);
  }

  @Test
  void allStepsAreTheUsualForm() {
    assertThat(MnistCut.of(foot(), EnumSet.allOf(Step.class))).isEqualTo(MnistCut.of(foot()));
  }

  @Test
  void withoutTheCentreTheBoxIsInTheMiddle() {
    float[] cut = MnistCut.of(foot(), Set.of());
    assertThat(first(cut)).isEqualTo(4);
    assertThat(first(MnistCut.of(foot(), Set.of(Step.CENTRE)))).isLessThan(4);
  }

  @Test
  void withoutTheStrokesAllInkStays() {
    assertThat(sum(MnistCut.of(foot(), Set.of(Step.CENTRE))))
        .isCloseTo((60 * 24 + 20 * 40) / 16f, within(3f));
    assertThat(sum(MnistCut.of(foot()))).isLessThan(110);
  }

  private static int first(float[] cut) {
    for (int i = 0; i < cut.length; i++) {
      if (cut[i] >= 0.5f) {
        return i / MnistCut.SIDE;
      }
    }
    return -1;
  }

  private static float sum(float[] cut) {
    float sum = 0;
    for (float value : cut) {
      sum += value;
    }
    return sum;
  }
}
