package dev.vitrine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.data.Dataset;
import dev.vitrine.data.Targets;
import dev.vitrine.error.UserException;
import dev.vitrine.image.Normalisation;
import dev.vitrine.metrics.Regression;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Loss;
import dev.vitrine.nn.Model;
import dev.vitrine.plan.Compute;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegressionEvaluatorTest {
  private static Regression of(Targets targets) {
    Dataset data = Dataset.of("t", Shape.of(1), new float[targets.size()], targets);
    Model zeros = Model.of(Linear.of(2), Shape.of(1));
    try (Compute compute = Compute.of(1)) {
      return new RegressionEvaluator(
              zeros, Loss.meanSquaredError(), data, Normalisation.NONE, compute)
          .evaluate();
    }
  }

  /** A network that always says 0, of targets (1, 2), (3, 2) and (5, 2), by hand. */
  @Test
  void errorsAndTheirShareOfTheVariance() {
    Regression found = of(Targets.Numbers.of(Shape.of(2), 1, 2, 3, 2, 5, 2));
    assertThat(found.examples()).isEqualTo(3);
    Regression.Fit first = found.targets().getFirst();
    assertThat(first.mse()).isCloseTo(35 / 3.0, within(1e-12));
    assertThat(first.variance()).isCloseTo(8 / 3.0, within(1e-12));
    assertThat(first.r2().getAsDouble()).isCloseTo(1 - 35 / 8.0, within(1e-12));
    Regression.Fit constant = found.targets().getLast();
    assertThat(constant.rmse()).isEqualTo(2);
    assertThat(constant.r2()).isEmpty();
    assertThat(found.r2()).isEmpty();
    assertThat(found.mse()).isCloseTo((35 / 3.0 + 4) / 2, within(1e-12));
    assertThat(found.meanLoss()).isCloseTo(found.mse(), within(1e-6));
  }

  /** A mean that is added up of shares is not quite the number that all are. */
  @Test
  void targetsThatAreAllOneNumberHaveNoVariance() {
    float[] same = new float[2 * 36];
    Arrays.fill(same, 2.3f);
    assertThat(of(Targets.Numbers.of(Shape.of(2), same)).r2()).isEmpty();
  }

  @Test
  void classesAreNoNumbers() {
    assertThatThrownBy(() -> of(Targets.Classes.of(List.of("a", "b"), 0, 1)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The loss compares with numbers of shape (2) for each example, but data set t has 2 classes: choose another loss, or data with such numbers");
  }
}
