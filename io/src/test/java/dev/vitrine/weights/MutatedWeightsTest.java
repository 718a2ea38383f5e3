package dev.vitrine.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.Npz;
import dev.vitrine.format.Pth;
import dev.vitrine.format.TensorData;
import dev.vitrine.tensor.Shape;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.TensorStatistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of weights with bytes changed, cut out, doubled and cut off: they are read or refused in
 * one short line, quickly. {@code -Dvitrine.weights=1000000} tries more of them, {@code
 * -Dvitrine.weights.from=N} from the Nth on.
 */
class MutatedWeightsTest {
  private static final long CASES = Long.getLong("vitrine.weights", 6_000);
  private static final long FROM = Long.getLong("vitrine.weights.from", 0);
  private static final int LONGEST = 500;
  private static final int LARGEST = 30_000;
  private static final long SLOW_NANOS = 5_000_000_000L;

  /** What a pickle, a header and a directory are made of. */
  private static final byte[] ODD = {
    0,
    1,
    (byte) 0xff,
    0x7f,
    (byte) 0x80,
    '(',
    ')',
    '.',
    '2',
    'c',
    'h',
    'q',
    't',
    'u',
    'b',
    'R',
    'Q',
    'J',
    'X',
    ']',
    '}',
    '0',
    '9',
    '\n',
    (byte) 0x85,
    (byte) 0x93,
    (byte) 0x94
  };

  @TempDir Path folder;
  private int read;

  @Test
  void damagedFilesAreReadOrRefused() throws IOException {
    List<byte[]> seeds = seeds();
    Path file = folder.resolve("x");
    for (long number = FROM; number < FROM + CASES; number++) {
      var random = new Random(number);
      byte[] bytes = mutated(seeds.get(random.nextInt(seeds.size())), random);
      Files.write(file, bytes);
      long begin = System.nanoTime();
      try {
        check(Weights.read(file), bytes.length);
      } catch (UserException e) {
        assertThat(e.getMessage())
            .as("file %s", number)
            .isEqualTo(Quote.line(e.getMessage()))
            .hasSizeLessThan(LONGEST);
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        throw new AssertionError("File " + number, e);
      }
      assertThat(System.nanoTime() - begin).as("file %s", number).isLessThan(SLOW_NANOS);
    }
    assertThat(read).isBetween((int) (CASES / 50), (int) (CASES * 49 / 50));
    System.out.printf(Locale.ROOT, "%d mutated files: %d read%n", CASES, read);
  }

  private void check(Weights weights, int size) {
    long bytes = 0;
    for (Weights.Found found : weights.all()) {
      if (found.what() instanceof Stored.Numbers numbers) {
        bytes += numbers.tensor().elements() * numbers.tensor().dtype().bytes();
        TensorStatistics.of(numbers.tensor());
      }
    }
    assertThat(bytes).isLessThanOrEqualTo(Math.max(1 << 24, 64L * size));
    read++;
  }

  private static byte[] mutated(byte[] seed, Random random) {
    byte[] bytes = seed.clone();
    for (int times = 1 + random.nextInt(4); times > 0 && bytes.length > 8; times--) {
      int at = random.nextInt(random.nextBoolean() ? bytes.length : Math.min(bytes.length, 1500));
      switch (random.nextInt(7)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2, 3 -> bytes[at] = ODD[random.nextInt(ODD.length)];
        case 4 -> bytes = Arrays.copyOf(bytes, at + 1);
        case 5 -> bytes = without(bytes, at, Math.min(bytes.length - at, 1 + random.nextInt(16)));
        default -> bytes = doubled(bytes, at, Math.min(bytes.length - at, 1 + random.nextInt(64)));
      }
    }
    return bytes;
  }

  private static byte[] without(byte[] bytes, int at, int count) {
    byte[] less = Arrays.copyOf(bytes, bytes.length - count);
    System.arraycopy(bytes, at + count, less, at, less.length - at);
    return less;
  }

  private static byte[] doubled(byte[] bytes, int at, int count) {
    byte[] more = Arrays.copyOf(bytes, bytes.length + count);
    System.arraycopy(bytes, at, more, at + count, bytes.length - at);
    return more;
  }

  /** Made files of each kind, and the beginnings of real ones. */
  private List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    List<TensorData> tensors =
        List.of(
            TensorData.floats("w", Shape.of(2, 3), new float[] {1, 2, 3, 4, 5, 6}),
            TensorData.longs("n", Shape.of(2), new long[] {1, 2}));
    Path made = folder.resolve("made");
    Pth.write(made, tensors);
    seeds.add(Files.readAllBytes(made));
    Npz.write(made, tensors);
    seeds.add(Files.readAllBytes(made));
    try (var zip = new ZipOutputStream(Files.newOutputStream(made))) {
      zip.putNextEntry(new ZipEntry("w.npy"));
      zip.write(seeds.get(1), 35, 300);
    }
    seeds.add(Files.readAllBytes(made));
    seeds.addAll(SeedFiles.all());
    String data = System.getenv("VITRINE_DATA");
    if (data != null) {
      for (String name : List.of("convex_mnist.pth", "mtcnn_pnet.pt", "resnet20-12fca82f.th")) {
        Path real = Path.of(data, "models", "others", name);
        if (Files.exists(real)) {
          byte[] bytes = Files.readAllBytes(real);
          seeds.add(Arrays.copyOf(bytes, Math.min(bytes.length, LARGEST)));
        }
      }
    }
    return seeds;
  }
}
