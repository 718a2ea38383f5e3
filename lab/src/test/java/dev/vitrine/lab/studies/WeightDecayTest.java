package dev.vitrine.lab.studies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.lab.report.Report;
import org.junit.jupiter.api.Test;

class WeightDecayTest {
  @Test
  void theFactorsOfTheDocuments() {
    assertThat(WeightDecay.exactFactor(0.5, 5, 50_000, 10)).isCloseTo(0.7787959, within(5e-8));
    assertThat(WeightDecay.usualFactor(0.5, 5, 10)).isCloseTo(0.7788008, within(5e-8));
  }

  /** A thousand images, so that the factor is (1 − 0.0025)^100. */
  @Test
  void whatNoGradientReachesDecaysAsPredicted() {
    Report report = Desks.quick(new WeightDecay());
    String factor = Say.number(WeightDecay.exactFactor(0.5, 5, 1_000, 10), 6);
    assertThat(report.conclusions().getFirst())
        .contains("shrink to " + factor, "(n/m) = " + factor);
    assertThat(Desks.text(report)).contains("0.7787959", "dark pixels");
  }
}
