package dev.vitrine.lab.studies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.lab.report.Report;
import org.junit.jupiter.api.Test;

class VanishingGradientTest {
  @Test
  void theWidestInterval() {
    double w = Vanishing.widest();
    assertThat(w).isCloseTo(6.894, within(5e-4));
    assertThat(Vanishing.measuredWidth(w)).isCloseTo(0.44774, within(5e-6));
    for (double size : new double[] {3.9, 4, 5, 6.894, 20, 100}) {
      assertThat(Vanishing.measuredWidth(-size)).isCloseTo(Vanishing.width(size), within(1e-7));
    }
  }

  @Test
  void theChain() {
    assertThat(Vanishing.chain(20, 1)).isEqualTo(Math.pow(0.25, 20));
    assertThat(Vanishing.chain(20, 1)).isCloseTo(9.095e-13, within(5e-17));
    assertThat(Vanishing.chain(20, 4)).isEqualTo(1);
    assertThat(Vanishing.chain(20, 8)).isEqualTo(1_048_576);
  }

  @Test
  void sigmoidsVanishAndSteepOnesExplode() {
    Report report = Desks.quick(new VanishingGradient());
    assertThat(Desks.text(report)).contains("1048576", "0.44774");
    assertThat(report.conclusions().get(2)).contains("vanishes for k = 1", "grows for k =", "16.");
  }
}
