package dev.vitrine.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.error.Quote;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Models whose bytes were changed, cut out, doubled or cut off are networks, or refused in a line,
 * soon. {@code -Dvitrine.onnx.mutations=1000000} tries more of them, {@code
 * -Dvitrine.onnx.mutations.from=N} from the Nth on. ONNX's own cases are among them where {@code
 * VITRINE_DATA} names a data folder.
 */
class MutatedOnnxTest {
  private static final long CASES = Long.getLong("vitrine.onnx.mutations", 3000);
  private static final long FROM = Long.getLong("vitrine.onnx.mutations.from", 0);
  private static final int LONGEST = 10_000;

  /** Larger real files are left out. */
  private static final int LARGEST = 30_000;

  private static final long SLOW_NANOS = 5_000_000_000L;

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
    List<byte[]> seeds = seeds();
    Path file = folder.resolve("model.onnx");
    long refused = 0;
    for (long number = FROM; number < FROM + CASES; number++) {
      Random random = new Random(number);
      // Half of them are the made network, which holds more than any single case.
      int seed = random.nextBoolean() ? 0 : random.nextInt(seeds.size());
      Files.write(file, mutated(seeds.get(seed), random));
      long begin = System.nanoTime();
      try {
        OnnxNetwork.read(file, Optional.empty());
      } catch (UserException e) {
        refused++;
        assertThat(e.getMessage())
            .as("case %s", number)
            .isEqualTo(Quote.line(e.getMessage()))
            .hasSizeLessThan(LONGEST);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("case " + number, e);
      }
      assertThat(System.nanoTime() - begin).as("case %s", number).isLessThan(SLOW_NANOS);
    }
    System.out.printf(
        Locale.ROOT, "%d mutations of %d: %d refused%n", CASES, seeds.size(), refused);
    assertThat(refused).isBetween(CASES / 10, CASES);
  }

  private List<byte[]> seeds() throws IOException {
    Path file = folder.resolve("made.onnx");
    OnnxFile.write(Model.of(network(), Shape.of(2, 7, 7)), file);
    List<byte[]> seeds = new ArrayList<>(List.of(Files.readAllBytes(file)));
    String data = System.getenv("VITRINE_DATA");
    if (data != null) {
      try (Stream<Path> files = Files.walk(Path.of(data, "onnx-backend-tests", "node"))) {
        for (Path model : files.filter(path -> path.endsWith("model.onnx")).sorted().toList()) {
          if (Files.size(model) <= LARGEST) {
            seeds.add(Files.readAllBytes(model));
          }
        }
      }
    }
    return seeds;
  }

  private static byte[] mutated(byte[] seed, Random random) {
    byte[] bytes = seed.clone();
    for (int n = random.nextInt(3); n >= 0 && bytes.length > 0; n--) {
      int at = random.nextInt(bytes.length);
      int count = Math.min(1 + random.nextInt(16), bytes.length - at);
      switch (random.nextInt(12)) {
        case 0 -> bytes = Arrays.copyOf(bytes, at + 1);
        case 1 -> bytes = spliced(bytes, at + count, at);
        case 2 -> bytes = spliced(bytes, at, at + count);
        case 3 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        default -> bytes[at] = (byte) (random.nextBoolean() ? random.nextInt(8) : random.nextInt());
      }
    }
    return bytes;
  }

  /** The bytes before {@code end}, then those from {@code from} on. */
  private static byte[] spliced(byte[] bytes, int from, int end) {
    byte[] made = Arrays.copyOf(bytes, end + bytes.length - from);
    System.arraycopy(bytes, from, made, end, bytes.length - from);
    return made;
  }
}
