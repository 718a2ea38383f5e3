package dev.vitrine.notation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.format.Json;
import dev.vitrine.optim.Adam;
import dev.vitrine.optim.Optimizer;
import dev.vitrine.optim.Sgd;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptimizersTest {
  @Test
  void everySettingIsWrittenAndReadAgain() {
    for (Optimizer optimizer :
        List.of(new Sgd(0.3, 0.7, true, 0.01), new Adam(0.3, 0.7, 0.8, 1e-6, 0.01), Adam.of(0.1))) {
      String text = Json.pretty(Optimizers.json(optimizer));
      assertThat(Optimizers.read(Json.parse(text, "x"))).isEqualTo(optimizer);
    }
    assertThat(Json.line(Optimizers.json(Adam.of(0.5))))
        .isEqualTo(
            "{\"name\":\"adam\",\"learning_rate\":0.5,\"beta1\":0.9,\"beta2\":0.999,"
                + "\"epsilon\":1.0E-8,\"weight_decay\":0.0}");
  }

  @Test
  void everyNameHasItsUsualSettings() {
    for (String name : Optimizers.names()) {
      Optimizer usual = Optimizers.named(name);
      assertThat(Optimizers.name(usual)).isEqualTo(name);
      assertThat(Optimizers.with(usual, Map.of())).isEqualTo(usual);
    }
    assertThat(Optimizers.text(Optimizers.named("sgd")))
        .isEqualTo("sgd, learning rate 0.02, momentum 0.9, nesterov false, weight decay 0.0005");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\": \"adma\"}|x: Unknown optimiser",
        "{\"name\": \"adam\"}|x: \"learning_rate\" expects a number, but got nothing",
        "{\"name\": \"sgd\", \"learning_rate\": -1, \"momentum\": 0, \"nesterov\": false,"
            + " \"weight_decay\": 0}|x: The learning rate expects a number above 0, but got -1",
        "{\"learning_rate\": 1}|x: \"name\" expects a text, but got nothing",
      })
  void badOnesAreRefused(String json, String sentence) {
    assertThatThrownBy(() -> Optimizers.read(Json.parse(json, "x")))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(sentence);
  }
}
