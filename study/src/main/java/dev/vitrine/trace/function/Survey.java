package dev.vitrine.trace.function;

import dev.vitrine.op.Unary;
import dev.vitrine.trace.function.FunctionTrace.Interval;
import dev.vitrine.trace.function.FunctionTrace.Range;
import dev.vitrine.trace.function.FunctionTrace.Steepest;
import dev.vitrine.trace.language.Function;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/** Looks at a function where numbers of networks are, and far out. */
final class Survey {
  private static final double REACH = 20;
  private static final double STEP = 1.0 / 256;

  /** Beyond that a bound is only what rounding makes of a number that comes near it. */
  private static final double FAR = 12;

  private final Function function;
  private final Unary op;

  Survey(Function function) {
    this.function = function;
    op = function.op().orElseThrow();
  }

  FunctionTrace trace() {
    return new FunctionTrace(function, op, range(), steepest(), saturated(), off());
  }

  private double slope(double x) {
    return op.derivative(op.fromOutput() ? op.apply(x) : x);
  }

  private boolean isIn(double x) {
    return Double.isFinite(op.apply(x)) && Double.isFinite(slope(x));
  }

  private Range range() {
    double low = extreme(x -> -op.apply(x));
    double high = extreme(op::apply);
    return new Range(-low, reaches(x -> -op.apply(x), low), high, reaches(op::apply, high));
  }

  /** The least upper bound; a slope that goes on far out has none. */
  private double extreme(DoubleUnaryOperator f) {
    double most = Double.NEGATIVE_INFINITY;
    for (double x = -REACH; x <= REACH; x += STEP) {
      if (isIn(x)) {
        most = Math.max(most, f.applyAsDouble(x));
      }
    }
    for (double x : new double[] {-1e6, -700, 700, 1e6, 1e-300}) {
      double far = f.applyAsDouble(x);
      if (far > most + 1) {
        return Double.POSITIVE_INFINITY;
      }
      most = Double.isFinite(far) ? Math.max(most, far) : most;
    }
    return refined(f, most);
  }

  private double refined(DoubleUnaryOperator f, double most) {
    for (double x = -REACH; x <= REACH; x += STEP) {
      if (isIn(x) && f.applyAsDouble(x) >= most - STEP * STEP) {
        double best = f.applyAsDouble(peak(f, x - STEP, x + STEP));
        return Math.max(best, most);
      }
    }
    return most;
  }

  private static double peak(DoubleUnaryOperator f, double from, double to) {
    double a = from;
    double b = to;
    for (int i = 0; i < 100; i++) {
      double left = a + (b - a) / 3;
      double right = b - (b - a) / 3;
      if (f.applyAsDouble(left) < f.applyAsDouble(right)) {
        a = left;
      } else {
        b = right;
      }
    }
    return (a + b) / 2;
  }

  private boolean reaches(DoubleUnaryOperator f, double bound) {
    if (Double.isInfinite(bound)) {
      return false;
    }
    for (double x = -FAR; x <= FAR; x += STEP) {
      if (isIn(x) && f.applyAsDouble(x) >= bound - 1e-9 * Math.max(1, Math.abs(bound))) {
        // What comes near without end is nearer still further out.
        return f.applyAsDouble(x + Math.signum(x)) <= f.applyAsDouble(x);
      }
    }
    return false;
  }

  private Optional<Steepest> steepest() {
    DoubleUnaryOperator size = x -> Math.abs(slope(x));
    double at = Double.NaN;
    for (double x = 0; x <= REACH; x += STEP) {
      for (double each : new double[] {x, -x}) {
        boolean more =
            Double.isNaN(at) || size.applyAsDouble(each) > size.applyAsDouble(at) + 1e-12;
        at = isIn(each) && more ? each : at;
      }
    }
    double most = size.applyAsDouble(at);
    for (double far : new double[] {-700, 700, 1e-300, REACH + 1, -REACH - 1}) {
      if (isIn(far) && size.applyAsDouble(far) > most * (1 + 1e-6)) {
        return Optional.empty();
      }
    }
    double further = at + Math.signum(at);
    if (Math.abs(at) > FAR && isIn(further) && size.applyAsDouble(further) >= most) {
      // It comes near a bound without end, and what is found far out is rounding.
      double end = Math.copySign(Double.POSITIVE_INFINITY, at);
      return Optional.of(new Steepest(new Interval(end, end), slope(Math.copySign(700, at))));
    }
    double peak = peak(size, at - STEP, at + STEP);
    boolean better = size.applyAsDouble(peak) > most + 1e-12;
    double slope = slope(better ? peak : at);
    return Optional.of(new Steepest(better ? new Interval(peak, peak) : plateau(at), slope));
  }

  /** Where around a point the slope is the same. */
  private Interval plateau(double at) {
    return new Interval(end(at, -STEP), end(at, STEP));
  }

  private double end(double at, double step) {
    double x = at;
    while (isIn(x + step) && slope(x + step) == slope(at)) {
      x += step;
      if (Math.abs(x) > REACH) {
        return Math.signum(step) * Double.POSITIVE_INFINITY;
      }
    }
    double same = x;
    double other = x + step;
    for (int i = 0; i < 60; i++) {
      double middle = (same + other) / 2;
      if (slope(middle) == slope(at)) {
        same = middle;
      } else {
        other = middle;
      }
    }
    if (Math.abs(same - at) < STEP / 2) {
      return at;
    }
    return Math.abs(same) < 1e-9 ? 0 : same;
  }

  private List<Interval> saturated() {
    List<Interval> found = new ArrayList<>();
    double from = Double.NaN;
    for (double x = -REACH; x <= REACH; x += STEP) {
      boolean flat = isIn(x) && Math.abs(slope(x)) < FunctionTrace.SMALL;
      if (flat && Double.isNaN(from)) {
        from = x == -REACH ? Double.NEGATIVE_INFINITY : edge(x - STEP, x);
      } else if (!flat && !Double.isNaN(from)) {
        found.add(new Interval(from, edge(x, x - STEP)));
        from = Double.NaN;
      }
    }
    if (!Double.isNaN(from)) {
      found.add(new Interval(from, Double.POSITIVE_INFINITY));
    }
    return found;
  }

  /** Where it becomes flat. */
  private double edge(double steep, double flat) {
    double a = steep;
    double b = flat;
    for (int i = 0; i < 60; i++) {
      double middle = (a + b) / 2;
      if (isIn(middle) && Math.abs(slope(middle)) < FunctionTrace.SMALL) {
        b = middle;
      } else {
        a = middle;
      }
    }
    return b;
  }

  /** The slope beside difference quotients, between the points of a grid, where no kink is. */
  private double off() {
    double off = 0;
    for (double x = -5.0371; x < 5; x += 0.1) {
      double h = 1e-5;
      if (isIn(x - h) && isIn(x + h)) {
        double quotient = (op.apply(x + h) - op.apply(x - h)) / (2 * h);
        off = Math.max(off, Math.abs(quotient - slope(x)) / Math.max(1, Math.abs(slope(x))));
      }
    }
    return off;
  }
}
