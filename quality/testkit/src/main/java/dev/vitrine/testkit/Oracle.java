package dev.vitrine.testkit;

import dev.vitrine.graph.Interpreter;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.op.Value;
import dev.vitrine.plan.Workers;
import dev.vitrine.random.Seed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Plans against the {@link Interpreter}: the output, the objective and all gradients of a case, on
 * several kernels and numbers of threads.
 *
 * <p>The first engine's numbers must be near the interpreter's:
 *
 * <pre>
 *   |got − expected| ≤ 4 · 2⁻²⁴ · roundings · scale
 * </pre>
 *
 * where {@code roundings} counts the terms of all sums on the longest path to the value, so that
 * the tolerance grows with them, and {@code scale} is the largest element in the batch, or the size
 * of the terms where they cancelled ({@code Roundings} has the formula). Every other engine must
 * give the first one's bits. Each plan first runs a full batch of other, larger numbers, so that a
 * cell which is not written anew shows; then it runs once more with its memory full of NaNs, and
 * that run must give the same bits too.
 */
public final class Oracle implements AutoCloseable {
  /**
   * What a plan runs on.
   *
   * @param threads workers, the caller included
   */
  public record Engine(Kernels kernels, int threads) {
    @Override
    public String toString() {
      return "%s kernels on %s thread%s"
          .formatted(kernels.name(), threads, threads == 1 ? "" : "s");
    }
  }

  /**
   * A batch.
   *
   * @param planned the largest that the plan is made for
   * @param run how many examples are run
   */
  public record Size(int planned, int run) {
    /** A full batch. */
    public static Size of(int batchSize) {
      return new Size(batchSize, batchSize);
    }
  }

  private final List<Engine> engines;
  private final Map<Integer, Workers> teams = new LinkedHashMap<>();

  /** An oracle over the given engines; the first is compared with the interpreter. */
  public Oracle(List<Engine> engines) {
    this.engines = List.copyOf(engines);
    engines.forEach(e -> teams.computeIfAbsent(e.threads(), Workers::new));
  }

  /**
   * Checks a case at the given sizes.
   *
   * @return how many numbers were compared with the interpreter's
   * @throws AssertionError at the first number that is wrong, naming the case, the engine, the
   *     value, the example, the element, what was expected and what was got
   */
  public long check(GraphCase c, Seed seed, Size... sizes) {
    Problem problem = Problem.of(c);
    long compared = 0;
    for (Size size : sizes) {
      Numbers numbers = problem.numbers(seed, size.run());
      Map<String, float[][]> first = sameBits(problem, numbers, seed, size);
      compared += compareWithInterpreter(problem, numbers, size, first, engines.getFirst());
    }
    return compared;
  }

  /**
   * Checks only that every engine gives the first one's bits.
   *
   * @param seed where the numbers of the run before come from
   * @return those numbers, by {@code Trial}'s names, {@code [example][element]}
   */
  Map<String, float[][]> sameBits(Problem problem, Numbers numbers, Seed seed, Size size) {
    Map<String, float[][]> first = null;
    for (Engine engine : engines) {
      Trial trial = new Trial(problem, engine, teams.get(engine.threads()), size);
      Map<String, float[][]> got = trial.run(numbers, seed);
      first = first == null ? got : first;
      String context = context(problem.of(), engine, size) + " unlike " + engines.getFirst();
      sameBits(context, first, got);
    }
    return first;
  }

  private static String context(GraphCase c, Engine engine, Size size) {
    return "%s, %s of %s examples, %s".formatted(c, size.run(), size.planned(), engine);
  }

  private long compareWithInterpreter(
      Problem problem, Numbers numbers, Size size, Map<String, float[][]> got, Engine engine) {
    Interpreter.Values values = numbers.interpreter(size.run()).run(problem.graph());
    Roundings roundings = new Roundings(problem.graph(), values, size.run());
    long compared = 0;
    for (Map.Entry<String, Value> named : Trial.observed(problem).entrySet()) {
      Value value = named.getValue();
      float[][] actual = got.get(named.getKey());
      double[][] expected = new double[actual.length][];
      for (int n = 0; n < actual.length; n++) {
        expected[n] = values.of(value, n);
      }
      double tolerance = roundings.tolerance(value);
      String context = context(problem.of(), engine, size) + ": " + named.getKey();
      compared += compare(context, expected, actual, tolerance);
    }
    return compared;
  }

  private static long compare(
      String context, double[][] expected, float[][] got, double tolerance) {
    long compared = 0;
    for (int n = 0; n < got.length; n++) {
      for (int k = 0; k < got[n].length; k++) {
        if (!(Math.abs(got[n][k] - expected[n][k]) <= tolerance)) {
          throw new AssertionError(
              String.format(
                  Locale.ROOT,
                  "%s, example %d, element %d: expected %s ± %.2g by the interpreter, got %s",
                  context,
                  n,
                  k,
                  expected[n][k],
                  tolerance,
                  got[n][k]));
        }
        compared++;
      }
    }
    return compared;
  }

  static void sameBits(
      String context, Map<String, float[][]> expected, Map<String, float[][]> got) {
    List<String> wrong = new ArrayList<>();
    expected.forEach((name, first) -> {
      for (int n = 0; n < first.length && wrong.isEmpty(); n++) {
        for (int k = 0; k < first[n].length && wrong.isEmpty(); k++) {
          float a = first[n][k];
          float b = got.get(name)[n][k];
          if (Float.floatToRawIntBits(a) != Float.floatToRawIntBits(b)) {
            wrong.add(
                "%s: %s, example %s, element %s: expected the bits of %s, got %s"
                    .formatted(context, name, n, k, a, b));
          }
        }
      }
    });
    if (!wrong.isEmpty()) {
      throw new AssertionError(wrong.getFirst());
    }
  }

  /** Ends the threads. */
  @Override
  public void close() {
    teams.values().forEach(Workers::close);
  }
}
