package dev.vitrine.lab.studies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.error.UserException;
import dev.vitrine.lab.report.Report;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class ActivationTest {
  private static final Map<String, DoubleUnaryOperator> FUNCTIONS =
      Map.of(
          "sigmoid", x -> 1 / (1 + Math.exp(-x)),
          "tanh", Math::tanh,
          "relu", x -> Math.max(x, 0),
          "leakyrelu", x -> x > 0 ? x : 0.01 * x,
          "elu", x -> x > 0 ? x : Math.expm1(x));

  @Test
  void slopesAreToldFromOutputs() {
    FUNCTIONS.forEach((name, f) -> {
      double largest = name.equals("sigmoid") ? 0.25 : 1;
      for (double x : new double[] {-6, -2, -0.5, 0.3, 1, 4}) {
        double slope = (f.applyAsDouble(x + 1e-6) - f.applyAsDouble(x - 1e-6)) / 2e-6;
        assertThat(DeadUnits.slope(name, f.applyAsDouble(x)))
            .as("%s at %s", name, x)
            .isCloseTo(slope / largest, within(1e-6));
      }
    });
  }

  /** The first unit is flat for both examples, the second for one, the third for none. */
  @Test
  void aUnitIsDeadIfEveryExampleFindsItFlat() {
    assertThat(DeadUnits.dead("relu", new float[][] {{0, 0, 1}, {0, 2, 1}}))
        .isCloseTo(1 / 3.0, within(1e-12));
    assertThat(DeadUnits.dead("relu", new float[][] {{0, 2, 1}, {0, 0, 1}}))
        .as("the order of examples")
        .isCloseTo(1 / 3.0, within(1e-12));
    assertThat(DeadUnits.dead("sigmoid", new float[][] {{1, 0, 0.5f}, {0, 0.5f, 0.5f}}))
        .isCloseTo(1 / 3.0, within(1e-12));
    assertThat(DeadUnits.dead("elu", new float[][] {{-1, -1, 3}, {-1, 0.1f, -0.9f}}))
        .isCloseTo(1 / 3.0, within(1e-12));
    assertThat(DeadUnits.dead("leakyrelu", new float[][] {{-3, -1, 0}})).isZero();
  }

  /** Thinner still, as there are no vectors here. */
  private static final Map<String, List<String>> THIN =
      Map.of("images", List.of("600"), "rates", List.of("0.03", "0.1"), "rounds", List.of("2"));

  @Test
  void theReportCompares() {
    Report report = Desks.quick(new Activations(), THIN);
    assertThat(report.conclusions().getFirst())
        .startsWith("Sigmoid against ReLU: worse at depth 2 and 6, by ")
        .contains("(n = 9, p ≤ 0.0");
    assertThat(report.conclusions())
        .anyMatch(said -> said.contains("the first of 6 hidden layers gets"))
        .anyMatch(said ->
            said.startsWith("Dead units after training: sigmoid none")
                && said.contains("ReLU up to ")
                && said.contains("leaky ReLU none at any depth"));
    assertThat(report.conclusions().getLast()).startsWith("A step through 6 layers with ReLU");
    List<List<String>> rows = Desks.grid(report, "accuracies").rows();
    assertThat(rows).hasSize(10);
    for (List<String> row : rows.subList(5, 10)) {
      double difference = percent(row) - percent(rows.get(7));
      assertThat(row.get(4).isEmpty() ? 0 : Double.parseDouble(row.get(4).replace('−', '-')))
          .as("%s", row)
          .isCloseTo(difference, within(0.06 + Math.abs(difference) / 20)); // as it is rounded
    }
    assertThat(Desks.grid(report, "times").rows()).hasSize(12);
    List<List<String>> factors = Desks.grid(report, "factors").rows();
    assertThat(factors.getFirst().getFirst()).isEqualTo("sigmoid");
    assertThat(Double.parseDouble(factors.getFirst().getLast())).isBetween(0.1, 0.26);
    assertThat(Double.parseDouble(factors.get(2).getLast())).isBetween(0.8, 1.2);
  }

  private static double percent(List<String> row) {
    return Double.parseDouble(row.get(2).split(" ")[0]);
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    assertThatThrownBy(() -> Desks.quick(new Activations(), Map.of("starts", List.of("xavier"))))
        .isInstanceOf(UserException.class)
        .hasMessage("values: starts expects one for each of the 5 functions, but got 1");
    assertThatThrownBy(() -> Desks.quick(new Activations(), Map.of("baseline", List.of("rely"))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("did you mean \"relu\"?");
    assertThatThrownBy(() ->
            Desks.quick(
                new Activations(),
                Map.of("functions", List.of("gelu"), "starts", List.of("xavier-normal"))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("\"gelu\"");
  }
}
