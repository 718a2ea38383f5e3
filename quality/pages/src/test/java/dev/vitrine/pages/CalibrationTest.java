package dev.vitrine.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import org.junit.jupiter.api.Test;

/** The temperature that was put in comes out. */
class CalibrationTest {
  /** Labels drawn by the softmax of scores; what is shown are the scores times a factor. */
  @Test
  void theTemperatureUndoesAFactor() {
    RandomStream random = Seed.of(4).stream("scores");
    int count = 20_000;
    float[][] scores = new float[count][3];
    int[] labels = new int[count];
    long next = 0;
    for (int i = 0; i < count; i++) {
      for (int c = 0; c < 3; c++) {
        scores[i][c] = (float) (2 * random.normal(next++));
      }
      double[] p = Calibration.softmax(scores[i], 1);
      double u = random.uniform(next++);
      labels[i] = u < p[0] ? 0 : u < p[0] + p[1] ? 1 : 2;
      for (int c = 0; c < 3; c++) {
        scores[i][c] *= 1.7f;
      }
    }
    assertThat(Calibration.temperature(scores, labels)).isEqualTo(1.7, within(0.06));
  }

  @Test
  void binsCompareConfidenceWithWhatIsRight() {
    float[][] said = {{0.95f, 0.05f}, {0.91f, 0.09f}, {0.3f, 0.7f}, {0.28f, 0.72f}};
    var bins = Calibration.reliability(said, new int[] {0, 1, 1, 1});
    assertThat(bins).hasSize(2);
    assertThat(bins.get(0).accuracy()).isEqualTo(1);
    assertThat(bins.get(1).accuracy()).isEqualTo(0.5);
    assertThat(bins.get(1).confidence()).isEqualTo(0.93, within(1e-6));
    assertThat(Calibration.expectedError(bins)).isEqualTo((0.29 + 0.43) / 2, within(1e-6));
  }
}
