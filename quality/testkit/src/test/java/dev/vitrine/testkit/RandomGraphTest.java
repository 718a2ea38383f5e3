package dev.vitrine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.random.Seed;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Graphs drawn at random, for what no list foresees: buffers that take turns in memory, values read
 * by many, steps in place, fusion beside other readers, shared values among those of examples.
 */
class RandomGraphTest {
  private static final Seed SEED = Seed.of(31);
  private static final int ROUNDS = 100;

  private static GraphCase graph(int round, boolean smooth) {
    String context = "seed %s, round %s: ".formatted(SEED, round);
    return RandomGraph.of(SEED.stream("graph", round), smooth, context).of();
  }

  @Test
  void gradientsAgreeWithDifferences() {
    for (int round = 0; round < ROUNDS / 10; round++) {
      assertThat(GradientCheck.check(graph(round, true), SEED)).isPositive();
    }
  }

  @Test
  void plansAgreeWithTheInterpreter() {
    Oracle.Engine three = new Oracle.Engine(Engines.SIMD.kernels(), 3);
    try (Oracle oracle = new Oracle(List.of(Engines.SCALAR, three))) {
      for (int round = 0; round < ROUNDS; round++) {
        Oracle.Size size = new Oracle.Size(19, 1 + round % 19);
        assertThat(oracle.check(graph(round, false), SEED, size)).isPositive();
      }
    }
  }
}
