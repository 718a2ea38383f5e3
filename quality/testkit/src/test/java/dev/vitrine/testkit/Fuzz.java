package dev.vitrine.testkit;

import dev.vitrine.graph.Interpreter;
import dev.vitrine.random.Seed;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Random cases under the oracle, and the small smooth ones under the gradient check. A round
 * depends on the seed and its number alone, so that it can be repeated by itself.
 */
final class Fuzz implements AutoCloseable {
  /** Multiply–accumulates of a forward pass that differences or large batches may cost. */
  private static final long SMALL = 20_000;

  /** Nearer to a kink single and double precision may fall on different sides. */
  private static final double MARGIN = 2e-5;

  private static final int ATTEMPTS = 20;

  private final Seed seed;
  private final Oracle oracle;
  private long rounds;
  private long compared;
  private int skipped;

  Fuzz(Seed seed, List<Oracle.Engine> engines) {
    this.seed = seed;
    oracle = new Oracle(engines);
  }

  /** Does a round; what goes wrong in it names the command that repeats it. */
  void round(long number) {
    Draws draws = new Draws(seed.stream("fuzz", number));
    RandomCase c =
        RandomCase.any(draws, "fuzz seed %s, round %s: ".formatted(seed.value(), number));
    try {
      check(c, draws);
      rounds++;
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "%s%nRepeat it: quality/testkit/fuzz --seed %s --round %s%n%s"
              .formatted(c.of(), seed.value(), number, e),
          e);
    }
  }

  private void check(RandomCase c, Draws draws) {
    boolean many = c.work() < SMALL && draws.below(4) == 0;
    int run = many ? draws.between(19, 80) : draws.between(1, 18);
    Oracle.Size size = new Oracle.Size(run + draws.between(0, 20), run);
    OptionalLong point =
        c.smooth() ? OptionalLong.of(draws.below(1000)) : point(c.of(), run, draws);
    if (point.isEmpty()) {
      skipped++;
      return;
    }
    Seed numbers = Seed.of(point.getAsLong());
    compared += oracle.check(c.of(), numbers, size);
    if (c.smooth() && c.work() < SMALL && draws.coin()) {
      compared += GradientCheck.check(c.of(), numbers);
    }
  }

  /** A seed of numbers of which rounding does not decide on which side of a kink they are. */
  private static OptionalLong point(GraphCase c, int run, Draws draws) {
    Problem problem = Problem.of(c);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      long drawn = draws.below(Integer.MAX_VALUE);
      Interpreter.Values values =
          problem.numbers(Seed.of(drawn), run).interpreter(run).run(problem.forward());
      if (Kinks.roundingMargin(problem.forward(), values, run) > MARGIN) {
        return OptionalLong.of(drawn);
      }
    }
    return OptionalLong.empty();
  }

  /** Rounds done. */
  long rounds() {
    return rounds;
  }

  /** Rounds without a check, because no point was far enough from a kink. */
  int skipped() {
    return skipped;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "fuzz: seed %d, %d rounds, %,d numbers compared, %d rounds too near a kink",
        seed.value(),
        rounds,
        compared,
        skipped);
  }

  @Override
  public void close() {
    oracle.close();
  }
}
