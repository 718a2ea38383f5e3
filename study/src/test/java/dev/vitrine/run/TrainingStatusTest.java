package dev.vitrine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.data.DataSplits;
import dev.vitrine.error.UserException;
import dev.vitrine.format.Safetensors;
import dev.vitrine.format.TensorData;
import dev.vitrine.plan.Compute;
import dev.vitrine.run.TrainingStatus.State;
import dev.vitrine.train.DivergedException;
import dev.vitrine.train.TrainingControl;
import dev.vitrine.train.TrainingListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training of 72 steps, 24 to an epoch. */
class TrainingStatusTest {
  @TempDir private Path box;

  private Run run(double rate, Compute compute) {
    RunConfig config = TinyRuns.config(rate);
    DataSplits data = RunImages.prepare(config, TinyRuns.splits());
    return Run.start(box.resolve("run"), config, data, compute);
  }

  private RunFolder trained(long steps) {
    try (Compute compute = Compute.of(1)) {
      TinyRuns.train(run(0.05, compute), steps);
    }
    return RunFolder.open(box.resolve("run"));
  }

  private static void assertStatus(TrainingStatus status, State state, String words) {
    assertThat(status.state()).isEqualTo(state);
    assertThat(status.words()).isEqualTo(words);
  }

  @Test
  void finished() {
    RunFolder folder = trained(Long.MAX_VALUE);
    assertStatus(folder.status(), State.FINISHED, "72 steps, 3 epochs");
    assertThat(folder.status().toJson())
        .isEqualTo(Map.of("state", "finished", "step", 72L, "steps", 72L, "steps_per_epoch", 24L));
  }

  @Test
  void stoppedAtItsFirstStep() {
    RunFolder folder = trained(1);
    String words = "stopped after step 1 of 72 (0.042 of 3 epochs)";
    assertStatus(folder.status(), State.STOPPED, words);
    assertStatus(TrainingStatus.of(folder.checkpoint()), State.STOPPED, words);
  }

  @Test
  void diverged() {
    try (Compute compute = Compute.of(1)) {
      Run run = run(1e18, compute);
      assertThatThrownBy(
              () -> run.train(TrainingListener.SILENT, new TrainingControl(), Duration.ZERO))
          .isInstanceOf(DivergedException.class);
    }
    RunFolder folder = RunFolder.open(box.resolve("run"));
    assertThat(folder.status().state()).isEqualTo(State.DIVERGED);
    assertThat(folder.status().words())
        .matches("diverged; the numbers are those after step \\d of 72 \\(.* of 3 epochs\\)");
  }

  @Test
  void inTraining() {
    try (Compute compute = Compute.of(1)) {
      Run run = run(0.05, compute);
      RunFolder folder = new RunFolder(run.begin());
      assertStatus(
          folder.status(),
          State.TRAINING,
          "still being trained; the numbers are those after step 0 of 72 (0 of 3 epochs)");
      assertThatThrownBy(folder::requireIdle)
          .isInstanceOf(UserException.class)
          .hasMessage(
              "The run %s is being trained by another process: wait for its end", folder.path());
      TinyRuns.train(run, Long.MAX_VALUE);
      assertThat(folder.status().state()).isEqualTo(State.FINISHED);
      assertThat(folder.path().resolve(RunLock.NAME)).doesNotExist();
    }
  }

  @Test
  void ofAFileThatSaysNothing() {
    Path file = box.resolve("x.safetensors");
    Safetensors.write(file, List.of(TensorData.counter("a", 1)), Map.of());
    assertStatus(TrainingStatus.of(file), State.UNKNOWN, "");
  }

  /** With one of its notes changed. */
  private Path noted(String key, String text) {
    Path changed = box.resolve("changed.safetensors");
    try (Safetensors tensors = Safetensors.open(trained(1).checkpoint())) {
      Map<String, String> notes = new HashMap<>(tensors.metadata());
      notes.put(key, text);
      Safetensors.write(changed, List.of(TensorData.counter("progress.step", 1)), notes);
    }
    return changed;
  }

  @Test
  void aLengthThatIsNoNumberIsRefused() {
    Path changed = noted("steps", "seventy");
    assertThatThrownBy(() -> TrainingStatus.of(changed))
        .isInstanceOf(UserException.class)
        .hasMessage(
            changed + ": its note \"steps\" expects a whole number above 0, but is \"seventy\"");
  }

  @Test
  void aCheckpointOfALaterVersionIsRefused() {
    Path changed = noted("vitrine", "checkpoint 2");
    String sentence =
        changed
            + ": its note \"vitrine\" is \"checkpoint 2\", but this version of Vitrine reads \"checkpoint 1\": a later one wrote it, or it was changed";
    assertThatThrownBy(() -> TrainingStatus.of(changed))
        .isInstanceOf(UserException.class)
        .hasMessage(sentence);
    assertThatThrownBy(() -> TrainedNetwork.open(changed, Optional.of("lenet5")))
        .isInstanceOf(UserException.class)
        .hasMessage(sentence);
  }
}
