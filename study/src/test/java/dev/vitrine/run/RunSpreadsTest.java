package dev.vitrine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vitrine.error.UserException;
import dev.vitrine.inside.Recording;
import dev.vitrine.plan.Compute;
import dev.vitrine.train.StepSummary;
import dev.vitrine.train.TrainingControl;
import dev.vitrine.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is recorded of the numbers within, which changes no bit, and survives a pause. */
class RunSpreadsTest {
  private static final Saving RECORDING = Saving.every(Duration.ofDays(1)).spreads(10);

  @TempDir private Path folder;

  @Test
  void recordingChangesNoBitAndGoesOnAfterAPause() throws IOException {
    String plain = trained("plain", Saving.every(Duration.ofDays(1)), 1);
    assertThat(folder.resolve("plain/histograms.jsonl")).doesNotExist();
    assertThat(trained("recorded", RECORDING, 2)).isEqualTo(plain);
    List<Recording> whole = RunFolder.open(folder.resolve("recorded")).recordings();
    assertThat(whole.stream().map(Recording::step))
        .containsExactly(0L, 10L, 20L, 30L, 40L, 50L, 60L, 70L, 78L);

    Path paused = folder.resolve("paused");
    try (Compute compute = Compute.of(1)) {
      Run run = Run.start(paused, TinyRuns.config(0.02), TinyRuns.splits(), compute);
      TrainingControl control = new TrainingControl();
      assertThat(run.train(stopAt(33, control), control, RECORDING)).isFalse();
    }
    // What a process wrote after its last checkpoint comes again.
    Files.writeString(
        paused.resolve("histograms.jsonl"),
        "{\"step\":40,\"spreads\":[]}\n",
        java.nio.file.StandardOpenOption.APPEND);
    try (Compute compute = Compute.of(1)) {
      Run run = Run.resume(RunFolder.open(paused), TinyRuns.splits(), compute);
      // It goes on as it began, though it is not told to.
      assertThat(TinyRuns.train(run, Long.MAX_VALUE)).isTrue();
      assertThat(run.parametersHash()).isEqualTo(plain);
      run.finish(Duration.ofSeconds(1));
    }
    assertThat(Files.readString(paused.resolve("histograms.jsonl")))
        .isEqualTo(Files.readString(folder.resolve("recorded/histograms.jsonl")));
    assertThat(Files.readString(paused.resolve("report.html")))
        .contains("How weights moved", "How activations moved", "How gradients moved");
  }

  @Test
  void everyLayerAndParameterIsThere() {
    trained("recorded", RECORDING, 1);
    Recording first = RunFolder.open(folder.resolve("recorded")).recordings().getFirst();
    assertThat(first.spreads().stream().map(s -> s.kind() + " " + s.name()))
        .contains(
            "WEIGHTS conv1.weight",
            "WEIGHTS linear1.bias",
            "ACTIVATIONS conv1",
            "ACTIVATIONS relu1",
            "ACTIVATIONS linear1",
            "GRADIENTS conv1.weight");
    Recording.Named relu =
        first.spreads().stream().filter(s -> s.name().equals("relu1")).findFirst().orElseThrow();
    assertThat(relu.spread().at().getFirst()).isZero();
    assertThat(relu.spread().zeros()).isPositive();
  }

  @Test
  void aDamagedFileIsNamed() throws IOException {
    Path file = folder.resolve("histograms.jsonl");
    Files.writeString(file, "");
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> RunSpreads.of(file, 0, 5))
        .withMessage(
            file
                + ": expected a first line that says after how many steps it is recorded, but there is none: the file is damaged");
  }

  private String trained(String name, Saving saving, int threads) {
    try (Compute compute = Compute.of(threads)) {
      Run run = Run.start(folder.resolve(name), TinyRuns.config(0.02), TinyRuns.splits(), compute);
      assertThat(run.train(TrainingListener.SILENT, new TrainingControl(), saving)).isTrue();
      return run.parametersHash();
    }
  }

  private static TrainingListener stopAt(long step, TrainingControl control) {
    return new TrainingListener() {
      @Override
      public void step(StepSummary summary) {
        if (summary.step() >= step) {
          control.stop();
        }
      }
    };
  }
}
