package dev.vitrine.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.random.Seed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The fuzz: a few rounds of a fixed seed in an ordinary test run; {@code quality/testkit/fuzz}
 * starts it with a fresh seed for a time, or with one round to repeat.
 */
class FuzzTest {
  private static final int ROUNDS = 20;

  @Test
  void randomCasesAgree() {
    Seed seed = Seed.of(Long.getLong("vitrine.fuzz.seed", 1));
    Long only = Long.getLong("vitrine.fuzz.round");
    Long seconds = Long.getLong("vitrine.fuzz.seconds");
    try (Fuzz fuzz = new Fuzz(seed, Engines.all())) {
      if (only != null) {
        fuzz.round(only);
      } else {
        long start = System.nanoTime();
        while (seconds == null
            ? fuzz.rounds() < ROUNDS
            : System.nanoTime() - start < seconds * 1_000_000_000L) {
          fuzz.round(fuzz.rounds());
        }
        assertThat(fuzz.rounds()).isPositive();
        assertThat(fuzz.skipped())
            .as(fuzz.toString())
            .isLessThanOrEqualTo(1 + (int) fuzz.rounds() / 10);
      }
      System.out.println(fuzz);
    }
  }

  /** Rounds that showed what the tolerance had not thought of. */
  @ParameterizedTest
  @CsvSource({"77, 15", "770411, 1302", "55512, 217", "1795865388, 610"})
  void whatWasFoundOnceStaysMended(long seed, long round) {
    try (Fuzz fuzz = new Fuzz(Seed.of(seed), Engines.all())) {
      fuzz.round(round);
      assertThat(fuzz.skipped()).isZero();
    }
  }

  /** A fault that only bits show is found within a few rounds. */
  @Test
  void aPlantedFaultIsFoundAndTheCommandThatRepeatsItNamed() {
    Oracle.Engine faulty =
        new Oracle.Engine(
            new FaultyKernels(Engines.SCALAR.kernels(), FaultyKernels.Fault.OTHER_ORDER), 1);
    try (Fuzz fuzz = new Fuzz(Seed.of(3), List.of(Engines.SCALAR, faulty))) {
      assertThatThrownBy(
              () -> {
                while (fuzz.rounds() < ROUNDS) {
                  fuzz.round(fuzz.rounds());
                }
              })
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("OTHER_ORDER")
          .hasMessageMatching(
              "(?s)fuzz seed (\\d+), round (\\d+): .*Repeat it: quality/testkit/fuzz --seed \\1 --round \\2\\R.*");
    }
  }
}
