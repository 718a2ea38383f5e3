package dev.vitrine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.random.Seed;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every op's plan against the interpreter. How the batch falls into blocks of 16 does not depend on
 * the kernels, so all engines run a partial batch of two blocks, and one pair the other sizes.
 */
class OracleTest {
  private static final Oracle ALL = new Oracle(Engines.all());
  private static final Oracle PAIR = new Oracle(List.of(Engines.SCALAR, Engines.SIMD));
  private static final Oracle.Size PARTIAL = new Oracle.Size(35, 20);
  private static final Oracle.Size[] OTHERS = {
    Oracle.Size.of(1), Oracle.Size.of(3), Oracle.Size.of(16), Oracle.Size.of(17), Oracle.Size.of(35)
  };

  @TestFactory
  Stream<DynamicTest> everyCase() {
    return CompletenessTest.cases().stream()
        .map(c -> DynamicTest.dynamicTest(c.name(), () -> check(c)));
  }

  /** Seven blocks of nine: a tile may span one, two or four of them. */
  @TestFactory
  Stream<DynamicTest> manyBlocks() {
    Oracle.Size size = new Oracle.Size(130, 100);
    return Stream.concat(DenseCases.all().stream(), ImageCases.all().stream())
        .map(c ->
            DynamicTest.dynamicTest(
                c.name(), () -> assertThat(PAIR.check(c, Seed.of(4), size)).isPositive()));
  }

  /** Two blocks and a half, partly run, on all engines; many blocks on a pair. */
  @TestFactory
  Stream<DynamicTest> winograd() {
    return ImageCases.winograd().stream()
        .map(c ->
            DynamicTest.dynamicTest(
                c.name(),
                () -> {
                  assertThat(ALL.check(c, Seed.of(2), PARTIAL)).isPositive();
                  assertThat(PAIR.check(c, Seed.of(3), Oracle.Size.of(3), new Oracle.Size(70, 66)))
                      .isPositive();
                }));
  }

  private static void check(GraphCase c) {
    assertThat(ALL.check(c, Seed.of(2), PARTIAL)).isPositive();
    assertThat(PAIR.check(c, Seed.of(3), OTHERS)).isPositive();
  }

  @org.junit.jupiter.api.AfterAll
  static void close() {
    ALL.close();
    PAIR.close();
  }
}
