package dev.vitrine.trace.function;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import dev.vitrine.trace.language.Evaluation;
import dev.vitrine.trace.language.Expression;
import dev.vitrine.trace.language.Names;
import dev.vitrine.trace.language.Program;
import dev.vitrine.trace.language.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a function is what an expression says.
 *
 * @param text the expression, as given
 * @param other the same, read
 * @param outcome what was found
 * @param counterexample a point where they differ
 * @param points how many points were tried
 */
public record Identity(
    String text,
    Expression other,
    Outcome outcome,
    Optional<Counterexample> counterexample,
    int points) {
  private static final int POINTS = 400;

  /** How exact the functions are in doubles: those by way of the normal distribution least. */
  private static final double FUNCTION = 2e-14;

  /** What can be found. */
  public enum Outcome {
    /** Both sides are one formula once functions are what their ops say. */
    SAME_FORMULA,
    /** Both sides are the same quotient of sums of powers of x and eˣ, by exact arithmetic. */
    PROVED,
    /** Equal wherever it was tried, which is no proof. */
    EQUAL_AT_POINTS,
    /** There is a point where they differ. */
    REFUTED
  }

  /**
   * A point where both sides differ.
   *
   * @param x the point
   * @param function the function's value
   * @param other the expression's
   */
  public record Counterexample(double x, double function, double other) {
    /** {@return by how much} */
    public double apart() {
      return Math.abs(function - other);
    }
  }

  /**
   * {@return whether a function is what an expression says}
   *
   * @param trace the function
   * @param text an expression in x
   * @throws UserException if it cannot be read, or has other names
   */
  public static Identity of(FunctionTrace trace, String text) {
    Expression other = Names.withConstants(Program.of(text).inlined(), Set.of());
    for (String name : Names.of(other)) {
      if (!name.equals("x")) {
        throw new UserException(
            "An identity expects an expression in x, but got the name %s"
                .formatted(Quote.of(name)));
      }
    }
    Optional<Boolean> exact = Exact.of(trace).flatMap(a -> Exact.of(other).map(a::equalTo));
    boolean same = Expanded.text(trace).equals(Expanded.text(other));
    int tried = 0;
    Optional<Counterexample> widest = Optional.empty();
    for (double x : trials()) {
      Counterexample both =
          new Counterexample(
              x, trace.value(x), Evaluation.of(other, Map.of("x", Tensor.of(x))).at(0));
      if (Double.isNaN(both.function()) && Double.isNaN(both.other())) {
        continue;
      }
      tried++;
      boolean equal = both.function() == both.other() || both.apart() <= room(other, both);
      if (!equal) {
        return new Identity(text, other, Outcome.REFUTED, Optional.of(both), tried);
      }
      boolean wider = widest.isEmpty() || both.apart() > widest.get().apart();
      widest = wider && Double.isFinite(both.apart()) ? Optional.of(both) : widest;
    }
    // What differs by less than rounding tells an exact form does.
    Outcome outcome =
        exact.isPresent()
            ? exact.get() ? Outcome.PROVED : Outcome.REFUTED
            : same ? Outcome.SAME_FORMULA : Outcome.EQUAL_AT_POINTS;
    return new Identity(
        text, other, outcome, outcome == Outcome.REFUTED ? widest : Optional.empty(), tried);
  }

  /** What rounding may make of both sides. */
  private static double room(Expression other, Counterexample both) {
    double function =
        FUNCTION * Math.max(1, Math.max(Math.abs(both.x()), Math.abs(both.function())));
    return function + 4 * Inexact.of(other, both.x()).error();
  }

  /** Simple ones first: a counterexample that one can check in one's head. */
  private static List<Double> trials() {
    List<Double> points = new ArrayList<>(List.of(1.0, 0.0, -1.0, 2.0, -2.0, 0.5, -0.5));
    RandomStream random = Seed.of(0).stream("identity");
    for (int i = 0; i < POINTS; i++) {
      points.add(random.normal(i) * (i % 4 == 0 ? 8 : 2));
    }
    return points;
  }
}
