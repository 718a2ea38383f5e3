package dev.vitrine.op;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.Range;
import dev.vitrine.error.UserException;
import java.util.ArrayList;
import java.util.List;

/** Functions of two or three pieces, the activations with kinks. */
public sealed interface Rectifier extends Unary {
  /** {@code y = max(x, 0)}, {@code dx = dy where y > 0, else 0}. */
  record Relu() implements Rectifier {
    @Override
    public double apply(double x) {
      return Math.max(x, 0);
    }

    @Override
    public double derivative(double y) {
      return y > 0 ? 1 : 0;
    }

    @Override
    public Formula formula() {
      return Formula.ofNumber("x where x > 0, else 0", "1 where x > 0, else 0")
          .orByOutput("1 where y > 0, else 0");
    }

    @Override
    public boolean fromOutput() {
      return true;
    }

    @Override
    public Cost cost(long n) {
      return Cost.comparisons(n);
    }
  }

  /**
   * {@code y = x where x > 0, else slope · x}, {@code dx = dy or slope · dy}.
   *
   * @param slope the factor below 0
   */
  record LeakyRelu(double slope) implements Rectifier {
    /** Checks the slope. */
    public LeakyRelu {
      Range.FINITE.require("LeakyRelu", "a finite slope", slope);
    }

    @Override
    public double apply(double x) {
      return x > 0 ? x : slope * x;
    }

    @Override
    public double derivative(double x) {
      return x > 0 ? 1 : slope;
    }

    @Override
    public Formula formula() {
      String s = Formula.number(slope);
      return Formula.ofNumber(
          "x where x > 0, else %s*x".formatted(s), "1 where x > 0, else %s".formatted(s));
    }

    @Override
    public Cost cost(long n) {
      return Cost.comparisons(n).plus(Cost.multiplications(n));
    }
  }

  /**
   * {@code y = x where x > 0, else alpha · (eˣ − 1)}, {@code dx = dy or (y + alpha) · dy} (Clevert
   * et al., 2015).
   *
   * @param alpha the negated limit of y as x goes to −∞
   */
  record Elu(double alpha) implements Rectifier {
    /** Checks the factor. */
    public Elu {
      Range.FINITE.require("Elu", "a finite alpha", alpha);
    }

    @Override
    public double apply(double x) {
      return x > 0 ? x : alpha * Math.expm1(x);
    }

    @Override
    public double derivative(double x) {
      return x > 0 ? 1 : alpha * Math.exp(x);
    }

    @Override
    public Formula formula() {
      String a = Formula.number(alpha);
      return Formula.ofNumber(
          "x where x > 0, else %s*(exp(x) - 1)".formatted(a),
          "1 where x > 0, else %s*exp(x)".formatted(a));
    }
  }

  /**
   * {@code y = min(max(x, min), max)}, {@code dx = dy where min < y < max, else 0}; ReLU6 is {@code
   * Clip(0, 6)}, and either bound may be infinite.
   *
   * @param min the lower bound
   * @param max the upper bound, above {@code min}
   */
  record Clip(double min, double max) implements Rectifier {
    /** Checks the order. */
    public Clip {
      if (!(min < max)) {
        throw new UserException(
            "Clip expects a min below its max, but got %s and %s"
                .formatted(Decimal.text(min), Decimal.text(max)));
      }
      requireBound(min);
      requireBound(max);
    }

    private String slope(String v) {
      List<String> within = new ArrayList<>();
      if (!Double.isInfinite(min)) {
        within.add("%s > %s".formatted(v, Formula.number(min)));
      }
      if (!Double.isInfinite(max)) {
        within.add("%s < %s".formatted(v, Formula.number(max)));
      }
      return within.isEmpty() ? "1" : "1 where %s, else 0".formatted(String.join(" and ", within));
    }

    private static void requireBound(double bound) {
      if (!Double.isInfinite(bound)) {
        Range.FINITE.require("Clip", "a bound", bound);
      }
    }

    @Override
    public double apply(double x) {
      return Math.min(Math.max(x, min), max);
    }

    @Override
    public double derivative(double y) {
      return y > min && y < max ? 1 : 0;
    }

    @Override
    public Formula formula() {
      String low = Formula.number(min);
      String high = Formula.number(max);
      String below = Double.isInfinite(min) ? "" : "%s where x < %s, else ".formatted(low, low);
      String above = Double.isInfinite(max) ? "" : "%s where x > %s, else ".formatted(high, high);
      return Formula.ofNumber(below + above + "x", slope("x")).orByOutput(slope("y"));
    }

    @Override
    public boolean fromOutput() {
      return true;
    }

    @Override
    public Cost cost(long n) {
      return Cost.comparisons(2 * n);
    }
  }
}
