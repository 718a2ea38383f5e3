package dev.vitrine.run;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.data.DataSplits;
import dev.vitrine.error.UserException;
import dev.vitrine.format.Safetensors;
import dev.vitrine.optim.Sgd;
import dev.vitrine.plan.Compute;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A single bit of a number in a checkpoint that is another than was written. */
class AlteredCheckpointTest {
  @TempDir private Path box;

  private final DataSplits data = TinyRuns.splits();

  private RunFolder trained() {
    RunConfig config = TinyRuns.config(Sgd.of(0.05).momentum(0.9));
    DataSplits images = RunImages.prepare(config, data);
    try (Compute compute = Compute.of(1)) {
      TinyRuns.train(Run.start(box.resolve("run"), config, images, compute), 30);
    }
    return RunFolder.open(box.resolve("run"));
  }

  /** Turns the lowest bit of the first number of a tensor. */
  private static void alter(Path checkpoint, String tensor) throws IOException {
    byte[] bytes = Files.readAllBytes(checkpoint);
    long header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    try (Safetensors tensors = Safetensors.open(checkpoint)) {
      long begin = tensors.tensors().get(tensor).begin();
      bytes[(int) (Long.BYTES + header + begin)] ^= 1;
    }
    Files.write(checkpoint, bytes);
  }

  private void refusedOnResume(RunFolder folder, String note) {
    try (Compute compute = Compute.of(1)) {
      DataSplits images = RunImages.prepare(folder.config(), data);
      assertThatThrownBy(() -> Run.resume(folder, images, compute))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith(
              "%s: its numbers are not those that were written: its note \"%s\" has ",
              folder.checkpoint(), note);
    }
  }

  @Test
  void aParameter() throws IOException {
    RunFolder folder = trained();
    TrainedNetwork.open(box.resolve("run"), Optional.empty()).model();
    alter(folder.checkpoint(), "linear1.weight");
    refusedOnResume(folder, "parameters_hash");
    TrainedNetwork network = TrainedNetwork.open(box.resolve("run"), Optional.empty());
    assertThatThrownBy(network::model)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("its numbers are not those that were written");
  }

  @ParameterizedTest
  @ValueSource(strings = {"optimizer.momentum.conv1.weight", "progress.epoch_loss"})
  void whatATrainingGoesOnFrom(String tensor) throws IOException {
    RunFolder folder = trained();
    alter(folder.checkpoint(), tensor);
    refusedOnResume(folder, tensor.startsWith("p") ? "progress" : "memory_hash.momentum");
  }
}
