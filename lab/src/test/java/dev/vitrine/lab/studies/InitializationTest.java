package dev.vitrine.lab.studies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.lab.report.Report;
import java.util.List;
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
    assertThat(row(report, "starts", "zeros").subList(1, 8))
        .as("loss, gradients, activations, dead, identical, after")
        .containsExactly("2.303", "0", "0", "0, 0", "100, 100", "99", "99");
    assertThat(row(report, "starts", "ones").subList(6, 8)).containsExactly("99", "99");
    assertThat(number(report, "starts", "N(0, 1)", 1)).as("loss").isGreaterThan(100);
    assertThat(number(report, "starts", "Kaiming", 1)).as("loss").isBetween(2.0, 3.5);
    assertThat(row(report, "starts", "Kaiming").subList(6, 8)).containsExactly("0", "0");
    assertThat(number(report, "starts", "Kaiming", 8))
        .as("accuracy")
        .isGreaterThan(2 * number(report, "starts", "zeros", 8));
    assertThat(row(report, "constants", "constant").subList(6, 8)).containsExactly("99", "99");
    assertThat(row(report, "constants", "constant, dropout 0.5").get(7)).isEqualTo("0");
    assertThat(number(report, "biases", "biases 1.0", 4))
        .as("what ReLUs give before any step")
        .isGreaterThan(1.2 * number(report, "biases", "biases 0.0", 4));
  }

  private static List<String> row(Report report, String table, String name) {
    return Desks.grid(report, table).rows().stream()
        .filter(row -> row.getFirst().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The first number of a cell. */
  private static double number(Report report, String table, String name, int column) {
    return Double.parseDouble(row(report, table, name).get(column).split(",")[0]);
  }
}
