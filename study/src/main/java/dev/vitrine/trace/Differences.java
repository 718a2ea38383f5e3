package dev.vitrine.trace;

import dev.vitrine.trace.language.Tensor;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * Difference quotients by Ridders' extrapolation (1982), which say how sure they are; where the two
 * sides disagree, each by itself.
 */
final class Differences {
  private static final int STEPS = 10;
  private static final double SHRINK = 1.4;
  private static final double ONE_SIDED = 1e-6;

  /** Of the derivative's own size: what differences of doubles can tell. */
  private static final double RELATIVE = 1e-6;

  private static final double LEAST = 1e-9;

  /** What a double is rounded by, of its size. */
  private static final double EPSILON = 0x1p-52;

  private Differences() {}

  /** What a derivative is beside a function's difference quotients, element by element. */
  static Check check(Tensor derivative, Tensor at, ToDoubleFunction<Tensor> function) {
    Tensor quotients = at;
    double off = 0;
    boolean holds = true;
    Optional<Check.Kink> kink = Optional.empty();
    for (int i = 0; i < at.size(); i++) {
      int element = i;
      DoubleUnaryOperator line = x -> function.applyAsDouble(at.with(element, x));
      Quotient quotient = quotient(line, at.at(i));
      double claimed = derivative.at(i);
      double difference = Math.abs(claimed - quotient.value());
      boolean near = difference <= RELATIVE * Math.abs(claimed) + 10 * quotient.error() + LEAST;
      quotients = quotients.with(i, quotient.value());
      if (!near) {
        Check.Kink sides = sides(line, at.at(i));
        if (isKink(sides, claimed)) {
          kink = Optional.of(sides);
          continue;
        }
        holds = false;
      }
      off = Math.max(off, difference);
    }
    return new Check(quotients, off, holds, kink);
  }

  private static boolean isKink(Check.Kink sides, double claimed) {
    double slack = 1e-4 * (Math.abs(sides.left()) + Math.abs(sides.right())) + ONE_SIDED;
    boolean apart = Math.abs(sides.left() - sides.right()) > slack;
    return apart
        && claimed >= Math.min(sides.left(), sides.right()) - slack
        && claimed <= Math.max(sides.left(), sides.right()) + slack;
  }

  private static Check.Kink sides(DoubleUnaryOperator f, double x) {
    double h = ONE_SIDED * Math.max(Math.abs(x), 1);
    double middle = f.applyAsDouble(x);
    return new Check.Kink(
        (middle - f.applyAsDouble(x - h)) / h, (f.applyAsDouble(x + h) - middle) / h);
  }

  private record Quotient(double value, double error) {}

  /** The surest of several starts: a function may end nearby, or change within a step. */
  private static Quotient quotient(DoubleUnaryOperator f, double x) {
    Quotient best = new Quotient(Double.NaN, Double.POSITIVE_INFINITY);
    for (double h = 0.1 * Math.max(Math.abs(x), 0.1); h > 1e-9; h /= 10) {
      Quotient tried = ridders(f, x, h);
      if (tried.error() < best.error()) {
        best = tried;
      }
      double scale = Math.max(Math.abs(best.value()), 1e-3);
      if (best.error() < 1e-11 * scale) {
        break;
      }
    }
    return best;
  }

  private static Quotient ridders(DoubleUnaryOperator f, double x, double first) {
    double[][] table = new double[STEPS][STEPS];
    double h = first;
    double error = Double.POSITIVE_INFINITY;
    double value = Double.NaN;
    double rounding = 0;
    for (int i = 0; i < STEPS; i++) {
      double above = f.applyAsDouble(x + h);
      double below = f.applyAsDouble(x - h);
      table[0][i] = (above - below) / (2 * h);
      double factor = SHRINK * SHRINK;
      for (int j = 1; j <= i; j++) {
        table[j][i] = (table[j - 1][i] * factor - table[j - 1][i - 1]) / (factor - 1);
        factor *= SHRINK * SHRINK;
        double apart =
            Math.max(
                Math.abs(table[j][i] - table[j - 1][i]),
                Math.abs(table[j][i] - table[j - 1][i - 1]));
        if (apart <= error) {
          error = apart;
          value = table[j][i];
          rounding = EPSILON * Math.max(Math.abs(above), Math.abs(below)) / h;
        }
      }
      h /= SHRINK;
    }
    // Two columns may agree by chance: no quotient is surer than the rounding of its two values.
    return new Quotient(value, Math.max(error, rounding));
  }
}
