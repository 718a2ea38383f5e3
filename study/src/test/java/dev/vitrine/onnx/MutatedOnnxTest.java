package dev.vitrine.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.error.UserException;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.AdaptiveAvgPool2d;
import dev.vitrine.nn.AvgPool2d;
import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.ConvTranspose2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.LocalResponseNorm;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.PRelu;
import dev.vitrine.nn.Parallel;
import dev.vitrine.nn.Permute;
import dev.vitrine.nn.Residual;
import dev.vitrine.nn.Sequential;
import dev.vitrine.nn.Slice;
import dev.vitrine.nn.ZeroPad2d;
import dev.vitrine.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models whose bytes were changed are networks, or refused in a line. */
class MutatedOnnxTest {
  private static final int CASES = Integer.getInteger("vitrine.onnx.mutations", 3000);
  private static final int LONGEST = 10_000;

  @TempDir Path folder;

  private static Layer network() {
    return Sequential.of(
        Conv2d.of(4, 3).stride(2).padding(1).groups(2),
        BatchNorm2d.of(),
        PRelu.of(),
        Residual.of(Conv2d.of(4, 1)),
        Parallel.of(MaxPool2d.of(2).stride(1), AvgPool2d.of(2).stride(1)),
        LocalResponseNorm.of(3),
        ConvTranspose2d.of(3, 2).stride(2),
        Activation.clip(-1, 1),
        Permute.of(1, 0, 2),
        Slice.of(0, 0, 3),
        ZeroPad2d.of(1),
        AdaptiveAvgPool2d.of(3),
        Activation.silu(),
        Flatten.of(),
        Linear.of(3));
  }

  @Test
  void changedBytesMakeANetworkOrOneLine() throws IOException {
    Path file = folder.resolve("model.onnx");
    OnnxFile.write(Model.of(network(), Shape.of(2, 7, 7)), file);
    byte[] whole = Files.readAllBytes(file);
    int refused = 0;
    for (int i = 0; i < CASES; i++) {
      Random random = new Random(i);
      byte[] changed = whole.clone();
      for (int n = random.nextInt(3); n >= 0; n--) {
        int at = random.nextInt(changed.length);
        changed[at] = (byte) (random.nextBoolean() ? random.nextInt(8) : random.nextInt());
      }
      Files.write(file, changed);
      try {
        OnnxNetwork.read(file, Optional.empty());
      } catch (UserException e) {
        refused++;
        assertThat(e.getMessage()).hasSizeLessThan(LONGEST).doesNotContain("\n");
      } catch (RuntimeException | Error e) {
        throw new AssertionError("case " + i, e);
      }
    }
    assertThat(refused).isBetween(CASES / 10, CASES);
  }
}
