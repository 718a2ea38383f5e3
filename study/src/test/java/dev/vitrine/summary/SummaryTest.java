package dev.vitrine.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.tensor.Shape;
import dev.vitrine.zoo.Zoo;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummaryTest {
  private final Locale ordinary = Locale.getDefault();

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(ordinary);
  }

  private static Summary of(String model) {
    NetworkSpec spec = Zoo.find(model);
    return Summary.of(spec.layers(), spec.input());
  }

  @Test
  void leNetHasTheParametersAndTheCostOfItsTable() {
    Summary lenet = of("lenet");
    assertThat(lenet.rows())
        .filteredOn(row -> row.parameters() > 0)
        .extracting(Summary.Row::name, Summary.Row::parameters, Summary.Row::macs)
        .containsExactly(
            tuple("conv1", 520L, 20L * 25 * 24 * 24),
            tuple("conv2", 25_050L, 50L * 20 * 25 * 8 * 8),
            tuple("linear1", 400_500L, 800L * 500),
            tuple("linear2", 5_010L, 500L * 10));
    assertThat(lenet.parameters()).isEqualTo(431_080);
    assertThat(lenet.macs()).isEqualTo(288_000 + 1_600_000 + 400_000 + 5_000);
    assertThat(lenet.rows().getFirst().output()).isEqualTo(Shape.of(20, 24, 24));
    assertThat(lenet.rows().getLast().output()).isEqualTo(Shape.of(10));
  }

  @ParameterizedTest
  @CsvSource({"mlp, 89610, 89400", "cnn32-64, 3199106, 13808400"})
  void theOtherNetworks(String model, long parameters, long macs) {
    assertThat(of(model).parameters()).isEqualTo(parameters);
    assertThat(of(model).macs()).isEqualTo(macs);
  }

  @Test
  void theTableIsTheSameInEveryLanguage() {
    Locale.setDefault(Locale.GERMANY);
    NetworkSpec spec = Zoo.find("lenet");
    NamedSummary lenet =
        NamedSummary.of("lenet", "LeNet", spec.layers(), spec.input(), Convention.ORDINARY);
    assertThat(lenet.heading() + TableText.render(lenet.table(), 500))
        .startsWith("LeNet, input 1×28×28\nFLOP = 2·MAC")
        .contains("431,080")
        .contains("2,293,000");
  }
}
