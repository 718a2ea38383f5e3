package dev.vitrine.neuron.learning;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.UserException;
import dev.vitrine.random.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Trainings of a first neuron on the rows of a table.
 *
 * @param setup what was asked for
 * @param samples the rows
 * @param steps the first steps of the first run
 * @param runs one a seed; a single run of one unit begins at 0
 * @param closed the weights of the least mean squared error, by the normal equations; for least
 *     mean squares alone
 */
public record Learning(
    Setup setup, Samples samples, List<Step> steps, List<Run> runs, Optional<double[]> closed) {
  private static final int SHOWN = 5;

  /** An error of so many times that of weights 0 is no longer a matter of the rows' order. */
  private static final double FAR = 100;

  /** The trainings, with their own copies. */
  public Learning {
    steps = List.copyOf(steps);
    runs = List.copyOf(runs);
  }

  /**
   * What is asked for.
   *
   * @param rule how weights change
   * @param rate η, above 0
   * @param epochs passes over the rows at most; a unit that decides ends when all rows are right
   * @param seed of the first run's numbers
   * @param seeds how many runs, from that seed on
   * @param hidden how many hidden units a Madaline has
   */
  public record Setup(Rule rule, double rate, int epochs, long seed, int seeds, int hidden) {
    /** Checks the ranges. */
    public Setup {
      Objects.requireNonNull(rule, "rule");
      if (!(rate > 0) || !Double.isFinite(rate)) {
        throw UserException.expecting("The rate", "a number above 0", Decimal.text(rate));
      }
      positive("The epochs", epochs);
      positive("The seeds", seeds);
      positive("The hidden units", hidden);
    }

    private static void positive(String what, int number) {
      if (number < 1) {
        throw UserException.expecting(what, "1 or more", Integer.toString(number));
      }
    }
  }

  /**
   * A row that was learned from.
   *
   * @param row its number in the file, from 1
   * @param target what it should have been
   * @param sum of the output unit before
   * @param weights after it
   */
  public record Step(int row, double target, double sum, List<Double> weights) {}

  /**
   * A training.
   *
   * @param seed of its first weights; absent if they were 0
   * @param epochs passes that it took
   * @param right how many rows are right at its end; of least mean squares how many have the right
   *     sign
   * @param error the mean squared error of its sums
   * @param weights at its end, unit after unit
   */
  public record Run(
      Optional<Long> seed, int epochs, int right, double error, List<Double> weights) {}

  /**
   * Trains.
   *
   * @param samples the rows, learned from in their order
   * @param setup what is asked for
   * @return what came of it
   * @throws UserException if the targets are none of the rule's, or the weights grow without bound
   */
  public static Learning of(Samples samples, Setup setup) {
    Objects.requireNonNull(samples, "samples");
    Objects.requireNonNull(setup, "setup");
    boolean numbers = setup.rule() == Rule.ADALINE;
    Samples rows = numbers ? samples : samples.decided();
    List<Step> steps = new ArrayList<>();
    List<Run> runs = new ArrayList<>();
    for (int n = 0; n < setup.seeds(); n++) {
      runs.add(run(rows, setup, n, n == 0 ? steps : new ArrayList<>()));
    }
    return new Learning(
        setup,
        rows,
        steps,
        runs,
        numbers ? Optional.of(NormalEquations.solve(rows)) : Optional.empty());
  }

  private static Run run(Samples rows, Setup setup, int number, List<Step> steps) {
    boolean madaline = setup.rule() == Rule.MADALINE;
    Units units =
        new Units(setup.rule(), setup.rate(), rows.names().size(), madaline ? setup.hidden() : 0);
    // Several runs from one place would be one run.
    boolean drawn = madaline || setup.seeds() > 1;
    if (drawn) {
      units.draw(Seed.of(setup.seed() + number).stream("first weights"));
    }
    int epoch = 0;
    while (epoch < setup.epochs()
        && (setup.rule() == Rule.ADALINE || right(units, rows) < size(rows))) {
      for (int i = 0; i < size(rows); i++) {
        double sum = units.sum(rows.inputs()[i]);
        units.learn(rows.targets()[i], rows.inputs()[i]);
        if (steps.size() < SHOWN) {
          steps.add(new Step(i + 1, rows.targets()[i], sum, list(units.all())));
        }
      }
      epoch++;
      requireFinite(units, setup, epoch);
    }
    return new Run(
        drawn ? Optional.of(setup.seed() + number) : Optional.empty(),
        epoch,
        right(units, rows),
        error(units, rows),
        list(units.all()));
  }

  private static int size(Samples rows) {
    return rows.targets().length;
  }

  private static void requireFinite(Units units, Setup setup, int epoch) {
    if (!Arrays.stream(units.all()).allMatch(w -> Math.abs(w) < 1e100)) {
      throw new UserException(
          "The weights grow without bound at the rate %s (by epoch %s): take a smaller one"
              .formatted(Decimal.text(setup.rate()), epoch));
    }
  }

  private static int right(Units units, Samples rows) {
    int right = 0;
    for (int i = 0; i < size(rows); i++) {
      double d = rows.targets()[i] >= 0 ? 1 : -1;
      right += units.isRight(d, rows.inputs()[i]) ? 1 : 0;
    }
    return right;
  }

  private static double error(Units units, Samples rows) {
    double sum = 0;
    for (int i = 0; i < size(rows); i++) {
      double e = rows.targets()[i] - units.sum(rows.inputs()[i]);
      sum += e * e;
    }
    return sum / size(rows);
  }

  private static List<Double> list(double... numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }

  /**
   * {@return how many runs of least mean squares left weights that are far worse than none: the
   * rate is too large}
   */
  public long diverged() {
    double none = error(new double[samples.names().size()]);
    return setup.rule() == Rule.ADALINE && none > 0
        ? runs.stream().filter(run -> run.error() > FAR * none).count()
        : 0;
  }

  /** {@return how many runs have every row right} */
  public long whole() {
    return runs.stream().filter(run -> run.right() == size(samples)).count();
  }

  /** {@return how many different weights the runs end with, told apart by six digits} */
  public int different() {
    Set<List<Double>> ends = new HashSet<>();
    runs.forEach(
        run -> ends.add(run.weights().stream().map(w -> Math.rint(w * 1e6) / 1e6 + 0.0).toList()));
    return ends.size();
  }

  /**
   * {@return the mean squared error of weights on the rows}
   *
   * @param weights one an input
   */
  public double error(double... weights) {
    double sum = 0;
    for (int i = 0; i < size(samples); i++) {
      double e = samples.targets()[i];
      for (int j = 0; j < weights.length; j++) {
        e -= weights[j] * samples.inputs()[i][j];
      }
      sum += e * e;
    }
    return sum / size(samples);
  }
}
