package dev.vitrine.lab.studies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.lab.report.Report;
import org.junit.jupiter.api.Test;

class InitializationTest {
  @Test
  void zerosStayAndOnlyDropoutBreaksASymmetry() {
    Report report = Desks.quick(new Initialization());
    assertThat(report.conclusions().getFirst())
        .contains("the loss is 2.302585 ", "a gradient are linear3.bias.");
    assertThat(report.conclusions())
        .anyMatch(said -> said.startsWith("Constant, dropout 0.5: 99") && said.contains("breaks"))
        .anyMatch(said -> said.startsWith("Constant, max-pool: 7") && said.contains("stays"));
  }
}
