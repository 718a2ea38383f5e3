package dev.vitrine.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.NetworkSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PerceptronsTest {
  private static NetworkSpec of(String name) {
    return Zoo.find(name);
  }

  @ParameterizedTest
  @CsvSource({
    "mlp-100-100, 89610",
    "mlp-1000, 795010",
    "mlp-578-578, 794182",
    "mlp-500-500-dropout0.5, 648010",
    "mlp-2x500-tanh, 648010",
    "mlp-100-100-batchnorm, 90010",
  })
  void parameters(String name, int parameters) {
    NetworkSpec spec = of(name);
    int learned =
        Model.layout(spec.layers(), spec.input()).entries().stream()
            .filter(entry -> !entry.name().contains("running"))
            .mapToInt(entry -> entry.shape().elements())
            .sum();
    assertThat(learned).isEqualTo(parameters);
  }

  @Test
  void theLayersStandInTheUsualOrder() {
    assertThat(of("mlp-5-tanh-batchnorm-dropout.5").layers().toString())
        .containsSubsequence("Linear", "BatchNorm2d", "Tanh", "Dropout", "Linear");
    assertThat(of("mlp-100-100").layers()).isEqualTo(of("mlp").layers());
    assertThat(of("mlp-3-linear-dropout0").layers().toString())
        .doesNotContain("ReLU", "Relu", "Identity", "Dropout");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mlp-",
        "mlp-0",
        "mlp-tanh",
        "mlp-5-",
        "mlp-5-tan",
        "mlp-5-dropout1",
        "mlp-5-batchnorm-tanh",
        "mlp-5-dropout0.5-7",
        "mlp-01",
        "mlp-1001x2",
        "mlp-1000000",
        "mlp--5",
        "MLP-5"
      })
  void otherNamesAreRefused(String name) {
    assertThatThrownBy(() -> of(name))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("Unknown model \"" + name + "\": expected ");
  }

  @Test
  void theSentenceSaysHowTheyAreWritten() {
    assertThatThrownBy(() -> of("mlp-5-tan"))
        .hasMessageContaining("expected mlp-WIDTH-WIDTH…-FUNCTION-batchnorm-dropoutRATE, such as");
  }
}
