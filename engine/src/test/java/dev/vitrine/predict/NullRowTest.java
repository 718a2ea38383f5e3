package dev.vitrine.predict;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Shape;
import org.junit.jupiter.api.Test;

/** An example that is missing among others is named by its place. */
class NullRowTest {
  @Test
  void aNullRowIsNamed() {
    Model model = Model.of(Linear.of(2), Shape.of(3));
    try (Predictor predictor = Predictor.of(model)) {
      assertThatThrownBy(() -> predictor.predict(new float[][] {new float[3], null}))
          .isInstanceOf(NullPointerException.class)
          .hasMessage("inputs[1]");
    }
  }
}
