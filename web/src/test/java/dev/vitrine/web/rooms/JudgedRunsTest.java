package dev.vitrine.web.rooms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vitrine.error.UserException;
import dev.vitrine.plan.Compute;
import dev.vitrine.web.BesideThePage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs are judged beside the requests that ask for them. */
class JudgedRunsTest {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "model",
          "mlp-30",
          "data",
          "digits",
          "train-images",
          "500",
          "test-images",
          "400",
          "epochs",
          "1",
          "seed",
          "7");

  @TempDir private Path folder;

  @Test
  void whoAsksIsToldHowFarItIsAndOthersAreJudgedOnce() {
    try (Compute compute = Compute.of(1)) {
      for (int i = 0; i < 6; i++) {
        BesideThePage.train(SETTINGS, folder.resolve("run" + i), compute);
      }
      try (JudgedRuns runs = new JudgedRuns(List.of(folder), Optional.empty(), compute.kernels())) {
        AtomicReference<JudgedRuns.Progress> progress = new AtomicReference<>();
        assertThat(runs.within(0, "run0", progress)).isEmpty();
        assertThat(progress.get().read()).isBetween(0, 400);
        assertThatExceptionOfType(UserException.class)
            .isThrownBy(() -> {
              for (int i = 1; i < 6; i++) {
                runs.within(0, "run" + i, progress);
              }
            })
            .withMessageContaining("wait until one is done");
        Judged judged = runs.of("run0");
        assertThat(judged.test().size()).isEqualTo(400);
        assertThat(runs.within(0, "run0", progress)).containsSame(judged);
        assertThatExceptionOfType(UserException.class)
            .isThrownBy(() -> runs.of("run9"))
            .withMessageContaining("There is no run run9");
      }
    }
  }
}
