package dev.vitrine.lab.studies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.lab.report.Report;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Sequential;
import dev.vitrine.predict.Predictor;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import org.junit.jupiter.api.Test;

class LinearDepthTest {
  @Test
  void aStackIsOneMatrix() {
    Model model =
        Model.of(
            Sequential.of(Linear.of(7), Linear.of(5), Linear.of(3)),
            Shape.of(4),
            Initializer.normal(1),
            Initializer.normal(1),
            Seed.of(3));
    Collapsed one = Collapsed.of(model);
    assertThat(one.layers()).isEqualTo(3);
    float[] x = {0.5f, -1, 2, 0.25f};
    double[] whole = one.outputs(x);
    try (Predictor predictor = Predictor.of(model)) {
      float[] deep = predictor.predict(x);
      for (int i = 0; i < 3; i++) {
        assertThat(whole[i]).isCloseTo(deep[i], within(1e-4));
      }
    }
  }

  @Test
  void theReportCompares() {
    Report report = Desks.quick(new LinearDepth());
    assertThat(Desks.text(report))
        .contains("mlp-3x32-linear", "digits that Vitrine draws (the thin version)", "n = 6");
    assertThat(report.conclusions()).hasSizeBetween(3, 4);
    assertThat(report.conclusions().getFirst()).startsWith("1 hidden linear layer ");
    assertThat(report.conclusions().getLast()).startsWith("Every trained stack is one matrix: ");
  }
}
