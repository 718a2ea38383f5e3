package dev.vitrine.lab.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.run.RunConfig;
import dev.vitrine.settings.GivenSettings;
import dev.vitrine.settings.TrainConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunSettingsTest {
  @ParameterizedTest
  @CsvSource({
    "lr, 0.5",
    "momentum, 0.5",
    "weight-decay, 0.25",
    "nesterov, true",
    "no-bias-decay, true",
    "bias-lr, 2",
    "clip-norm, 3",
    "clip-value, 3",
    "l1, 0.25",
    "max-norm, 3",
    "schedule, constant",
    "label-smoothing, 0.1",
    "init, kaiming-normal",
    "batch, 32",
    "shards, 8",
    "epochs, 7",
    "steps, 9",
    "train-images, 100",
    "test-images, 100",
    "validation, 0.2",
    "seed, 7",
    "model, mlp"
  })
  void areCalledAsTheyAreTold(String name, String value) {
    RunConfig config = TrainConfig.of("", GivenSettings.of(Map.of(name, value)));
    Map<String, String> settings = RunSettings.of(config);
    assertThat(settings).containsEntry(name, value);
    assertThat(RunSettings.changed(config, settings)).containsExactly(name);
  }

  @Test
  void anOptimiserBringsItsOwnUsualSettings() {
    RunConfig config = TrainConfig.of("", GivenSettings.of(Map.of("optimizer", "adam")));
    assertThat(RunSettings.changed(config, RunSettings.of(config))).containsExactly("optimizer");
  }
}
