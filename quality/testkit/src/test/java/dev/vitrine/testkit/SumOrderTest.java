package dev.vitrine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.simd.SimdProvider;
import dev.vitrine.plan.Workers;
import dev.vitrine.random.Seed;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every sum over the examples of a batch is summed in the very order that {@code
 * docs/reproducibility.md} says: plain Java in that order gives the same bits as the scalar kernels
 * and vectors of every width, on 1, 2, 3 and 5 threads, whole and partial batches. Plain Java in
 * another order must not (with three blocks or more, or orders may agree), for then the numbers
 * would not show the order.
 */
class SumOrderTest {
  private static final int[] THREADS = {1, 2, 3, 5};
  private static final Map<Integer, Workers> TEAMS = new HashMap<>();

  @AfterAll
  static void end() {
    TEAMS.values().forEach(Workers::close);
  }

  /** The engines: vectors no wider than this machine's, for wider ones would be emulated. */
  private static Stream<Oracle.Engine> engines() {
    Stream<Kernels> vectors =
        IntStream.of(128, 256, 512)
            .filter(bits -> bits <= SimdProvider.preferredBits())
            .mapToObj(SimdProvider::ofWidth);
    return Stream.concat(Stream.of(Engines.SCALAR.kernels()), vectors)
        .flatMap(k -> IntStream.of(THREADS).mapToObj(t -> new Oracle.Engine(k, t)));
  }

  static Stream<SumCase> sums() {
    return Stream.concat(BatchSums.all().stream(), ConvolutionSums.all().stream());
  }

  @ParameterizedTest
  @MethodSource("sums")
  void sumsInItsOrder(SumCase sum) {
    Problem problem = Problem.of(sum.of());
    for (Oracle.Size size : sum.sizes()) {
      Numbers numbers = problem.numbers(Seed.of(3), size.run());
      SumCase.Given given = new SumCase.Given(numbers, size.run());
      float[] expected = sum.right().of(given);
      engines()
          .forEach(engine -> {
            Workers team = TEAMS.computeIfAbsent(engine.threads(), Workers::new);
            Trial trial = new Trial(problem, engine, team, size);
            float[][] got = trial.run(numbers, Seed.of(3)).get("output");
            String context = "%s, %s, %s".formatted(sum, size, engine);
            Oracle.sameBits(context, Map.of("sum", new float[][] {expected}), Map.of("sum", got));
          });
      if (size.run() > 32) {
        sum.wrong()
            .forEach((order, wrong) ->
                assertThat(Arrays.equals(wrong.of(given), expected))
                    .as("%s, %s: the same bits in another order, %s", sum, size, order)
                    .isFalse());
      }
    }
  }
}
