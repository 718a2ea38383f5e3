package dev.vitrine.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.weights.matlab.MadeMatlab;
import dev.vitrine.weights.stored.TensorStatistics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of weights with some of their bytes changed, cut off, doubled or moved: each is read, or
 * refused in one short line, soon. {@code -Dvitrine.mutations=1000000} tries more of them, {@code
 * -Dvitrine.mutations.from=N} from the Nth on. Real files that are small are among them where
 * {@code VITRINE_DATA} names a data folder.
 */
class MutatedFilesTest {
  private static final long CASES = Long.getLong("vitrine.mutations", 6_000);
  private static final long FROM = Long.getLong("vitrine.mutations.from", 0);
  private static final int LONGEST = 400;

  /** Larger real files are left out. */
  private static final int LARGEST = 250_000;

  private static final int LONGEST_SECONDS = 10;

  /** Numbers that sizes turn into. */
  private static final long[] ODD = {
    0, 1, -1, 2, 127, 255, 1 << 16, 1 << 20, 1 << 30, Integer.MAX_VALUE, 1L << 32, Long.MAX_VALUE
  };

  @TempDir private Path folder;
  private int refused;
  private int read;

  @Test
  void whatIsDamagedIsReadOrRefused() throws IOException {
    List<byte[]> seeds = seeds();
    for (long number = FROM; number < FROM + CASES; number++) {
      Random random = new Random(number);
      byte[] seed = seeds.get(random.nextInt(seeds.size()));
      byte[] bytes = mutated(seed, random);
      long start = System.nanoTime();
      try {
        check(bytes);
      } catch (AssertionError | RuntimeException | OutOfMemoryError | StackOverflowError e) {
        throw new AssertionError("Mutation %s: %s".formatted(number, e), e);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start).toSeconds())
          .as("Mutation %s", number)
          .isLessThan(LONGEST_SECONDS);
    }
    System.out.printf(
        Locale.ROOT,
        "%d mutations of %d: %d refused, %d read%n",
        CASES,
        seeds.size(),
        refused,
        read);
    assertThat(refused).isGreaterThan((int) (CASES / 20));
    assertThat(read).isGreaterThan((int) (CASES / 20));
  }

  private void check(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("mutated"), bytes);
    try {
      Weights weights = Weights.read(file);
      weights.tensors().values().forEach(TensorStatistics::of);
      read++;
    } catch (UserException e) {
      refused++;
      assertThat(e.getMessage())
          .isEqualTo(Quote.line(e.getMessage()))
          .hasSizeLessThanOrEqualTo(LONGEST);
    }
  }

  private static List<byte[]> seeds() {
    var seeds = new ArrayList<>(MadeMatlab.all());
    String data = System.getenv("VITRINE_DATA");
    if (data != null) {
      try (Stream<Path> files = Files.walk(Path.of(data, "models"))) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          if (!file.toString().endsWith(".md") && Files.size(file) <= LARGEST) {
            seeds.add(Files.readAllBytes(file));
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return seeds;
  }

  private static byte[] mutated(byte[] seed, Random random) {
    byte[] bytes = seed.clone();
    for (int n = random.nextInt(3); n >= 0; n--) {
      bytes = once(bytes, random);
    }
    return bytes;
  }

  private static byte[] once(byte[] bytes, Random random) {
    if (bytes.length < Long.BYTES * 2) {
      return bytes;
    }
    // Heads are where most of a format is.
    int reach = random.nextInt(3) == 0 ? Math.min(bytes.length, 400) : bytes.length;
    int at = random.nextInt(reach - Long.BYTES);
    int other = random.nextInt(bytes.length - Long.BYTES);
    long odd = ODD[random.nextInt(ODD.length)];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    switch (random.nextInt(8)) {
      case 0 -> bytes[at] = (byte) random.nextInt();
      case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 2 -> buffer.putInt(at, (int) odd);
      case 3 -> buffer.putInt(at, Integer.reverseBytes((int) odd));
      case 4 -> buffer.putLong(at, random.nextBoolean() ? odd : Long.reverseBytes(odd));
      case 5 ->
          System.arraycopy(
              bytes, other, bytes, at, Math.min(64, bytes.length - Math.max(at, other)));
      case 6 -> {
        byte[] digits = String.valueOf(odd).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, bytes, at, Math.min(digits.length, bytes.length - at));
      }
      default -> {
        return Arrays.copyOf(bytes, other);
      }
    }
    return bytes;
  }
}
