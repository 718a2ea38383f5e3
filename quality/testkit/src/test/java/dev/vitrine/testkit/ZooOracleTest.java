package dev.vitrine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.graph.Interpreter;
import dev.vitrine.random.Seed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One training step of every network of the zoo, at reduced width: the output, the objective and
 * every gradient on plans against the interpreter, and the same bits on scalar kernels and vectors,
 * on one thread and two.
 *
 * <p>{@link Roundings} bounds the worst case, which grows with every layer beyond all use; here an
 * error may be {@value #TOLERANCE} of the largest number of its array, or of an array of the same
 * layer (a bias before a batch normalisation has a gradient of 0, which is a sum of large terms). A
 * rectifier's input nearer to 0 than single precision can tell would let a whole term of a gradient
 * come or go: the numbers are drawn until none is so near.
 */
class ZooOracleTest {
  private static final double TOLERANCE = 5e-5;
  private static final double MARGIN = 1e-5;
  private static final int ATTEMPTS = 200;
  private static final int EXAMPLES = 4;
  private static final String GRADIENT = "gradient of ";

  private static final Oracle SCALAR = new Oracle(List.of(Engines.SCALAR));
  private static final Oracle ENGINES =
      new Oracle(
          List.of(
              Engines.SCALAR,
              Engines.SIMD,
              new Oracle.Engine(Engines.SCALAR.kernels(), 2),
              new Oracle.Engine(Engines.SIMD.kernels(), 2)));

  static List<SlimNetwork> networks() {
    return SlimNetwork.all();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aTrainingStepIsTheInterpreters(SlimNetwork network) {
    Problem problem = network.problem();
    Seed seed = awayFromKinks(problem);
    Numbers numbers = problem.numbers(seed, EXAMPLES);
    Interpreter.Values expected = numbers.interpreter(EXAMPLES).run(problem.graph());
    Map<String, float[][]> got = SCALAR.sameBits(problem, numbers, seed, Oracle.Size.of(EXAMPLES));
    Map<String, Double> scales = scales(problem, expected);
    assertThat(got).hasSize(2 + problem.wanted().size());
    Trial.observed(problem)
        .forEach((name, value) -> {
          Offset<Double> offset = Offset.offset(TOLERANCE * scales.get(layer(name)));
          for (int n = 0; n < got.get(name).length; n++) {
            double[] exact = expected.of(value, n);
            for (int k = 0; k < exact.length; k++) {
              assertThat((double) got.get(name)[n][k])
                  .as("%s: %s, example %d, element %d", network, name, n, k)
                  .isCloseTo(exact[k], offset);
            }
          }
        });
  }

  private static Seed awayFromKinks(Problem problem) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Seed seed = Seed.of(attempt);
      Interpreter.Values values =
          problem.numbers(seed, EXAMPLES).interpreter(EXAMPLES).run(problem.forward());
      if (Kinks.roundingMargin(problem.forward(), values, EXAMPLES) > MARGIN) {
        return seed;
      }
    }
    throw new AssertionError(
        "%s: no point away from kinks in %s attempts".formatted(problem.of(), ATTEMPTS));
  }

  /** The largest number of each layer's gradients, and of each other value by itself. */
  private static Map<String, Double> scales(Problem problem, Interpreter.Values values) {
    Map<String, Double> scales = new HashMap<>();
    Trial.observed(problem)
        .forEach((name, value) -> {
          for (int n = 0; n < (value.perExample() ? EXAMPLES : 1); n++) {
            for (double element : values.of(value, n)) {
              scales.merge(layer(name), Math.abs(element), Math::max);
            }
          }
        });
    return scales;
  }

  private static String layer(String name) {
    boolean parameter = name.startsWith(GRADIENT) && name.contains(".");
    return parameter ? name.substring(0, name.lastIndexOf('.')) : name;
  }

  /** On a block of 16 and part of another. */
  @ParameterizedTest
  @MethodSource("networks")
  void everyEngineGivesTheSameBits(SlimNetwork network) {
    Problem problem = network.problem();
    Seed seed = Seed.of(3);
    Oracle.Size size = new Oracle.Size(20, 18);
    assertThat(ENGINES.sameBits(problem, problem.numbers(seed, size.run()), seed, size))
        .hasSize(2 + problem.wanted().size());
  }

  @AfterAll
  static void close() {
    ENGINES.close();
    SCALAR.close();
  }
}
