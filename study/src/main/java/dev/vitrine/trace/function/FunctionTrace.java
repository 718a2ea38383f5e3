package dev.vitrine.trace.function;

import dev.vitrine.error.Nearest;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.op.Unary;
import dev.vitrine.trace.language.Expression;
import dev.vitrine.trace.language.Expression.Apply;
import dev.vitrine.trace.language.Function;
import dev.vitrine.trace.language.Program;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a function of one number.
 *
 * @param function which
 * @param op what computes it
 * @param range the numbers that it takes
 * @param steepest where its slope is largest in size; empty if it grows without bound
 * @param saturated the intervals in which its slope is below a hundredth in size
 * @param off the largest difference of its slope from a difference quotient
 */
public record FunctionTrace(
    Function function,
    Unary op,
    Range range,
    Optional<Steepest> steepest,
    List<Interval> saturated,
    double off) {
  /** Below that the slope hardly teaches. */
  public static final double SMALL = 0.01;

  /**
   * The numbers that a function takes.
   *
   * @param low its greatest lower bound, perhaps −∞
   * @param reachesLow whether it takes that number
   * @param high its least upper bound, perhaps ∞
   * @param reachesHigh whether it takes that number
   */
  public record Range(double low, boolean reachesLow, double high, boolean reachesHigh) {}

  /**
   * The largest slope.
   *
   * @param where it is reached: an interval, or a point as one; −∞ or ∞ if it is only come near
   * @param slope how large it is there
   */
  public record Steepest(Interval where, double slope) {}

  /**
   * Numbers between two, which may be −∞ and ∞.
   *
   * @param from the smaller
   * @param to the greater
   */
  public record Interval(double from, double to) {}

  /**
   * {@return a function looked at}
   *
   * @param text its name, or with settings {@code leakyrelu(x, 0.2)}
   * @throws UserException if there is none of that name
   */
  public static FunctionTrace of(String text) {
    Function function = function(text);
    return new Survey(function).trace();
  }

  private static Function function(String text) {
    Optional<Function> named = Function.find(text.strip());
    if (named.isPresent() && named.get().op().isPresent()) {
      return named.get();
    }
    if (!text.contains("(")) {
      throw new UserException(
          "%s is no function of the engine%s".formatted(Quote.of(text), hint(text)));
    }
    Expression read = Program.of(text).inlined();
    if (read instanceof Apply apply
        && apply.x() instanceof Expression.Name
        && apply.function().op().isPresent()) {
      return apply.function();
    }
    throw new UserException(
        "A function expects a name, perhaps with settings, such as leakyrelu(x, 0.2), but got %s"
            .formatted(Quote.of(text)));
  }

  private static String hint(String text) {
    String near = Nearest.hint(text, Function.names());
    return near.isEmpty() ? "; it has " + String.join(", ", Function.names()) : near;
  }

  /** {@return what it is called: {@code tanh}, or with settings {@code leakyrelu(x, 0.2)}} */
  public String title() {
    String settings = function.settingsText();
    return settings.isEmpty() ? function.name() : "%s(x%s)".formatted(function.name(), settings);
  }

  /**
   * {@return its value}
   *
   * @param x where
   */
  public double value(double x) {
    return op.apply(x);
  }

  /**
   * {@return its slope}
   *
   * @param x where
   */
  public double slope(double x) {
    return op.derivative(op.fromOutput() ? op.apply(x) : x);
  }
}
