package dev.vitrine.lab.studies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.lab.report.Report;
import dev.vitrine.optim.Sgd;
import org.junit.jupiter.api.Test;

class MomentumLimitsTest {
  @Test
  void theRatesOfTheDocuments() {
    double[][] known = {{-0.5, 0.9348}, {0, 0.9}, {0.5, 0.7071}, {1.05, 1.0247}};
    for (double[] one : known) {
      assertThat(HeavyBall.measuredRate(one[0], 0.1, 100_000)).isCloseTo(one[1], within(6e-5));
      assertThat(HeavyBall.predictedRate(one[0], 0.1)).isCloseTo(one[1], within(5e-5));
    }
  }

  @Test
  void theRuleIsWhatIsMeasured() {
    StabilityMap map = new StabilityMap(30, 4_000);
    assertThat(map.wrong()).isZero();
    assertThat(map.agreeing()).isGreaterThan(800);
    assertThat(map.agreeing() + map.border()).isEqualTo(map.size());
  }

  /** The engine's rule walks the same way. */
  @Test
  void sgdDoesTheSame() {
    for (double mu : new double[] {-1.1, -0.5, 0.5, 1.05}) {
      float[] w = {1};
      float[][] state = {{0}};
      for (int step = 1; step <= 30; step++) {
        float[] g = {2 * w[0]};
        Sgd.of(0.05).momentum(mu).update(w, g, state, 0, 1, 0.05f, false, step);
        double wanted = HeavyBall.path(mu, 0.1, step).getLast();
        assertThat((double) w[0]).isCloseTo(wanted, within(1e-5 * (1 + Math.abs(wanted))));
      }
    }
  }

  @Test
  void theNetworkDivergesBeyondTheLimitAndLearnsWithin() {
    Report report = Desks.quick(new MomentumLimits());
    assertThat(Desks.text(report)).contains("0.9348", "1.0247", "diverges");
    assertThat(report.conclusions().get(2)).contains("takes back 50");
    assertThat(report.conclusions().get(3)).contains("1.1").doesNotContain("0.9");
  }
}
