package dev.vitrine.neuron;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.trace.language.Evaluation;
import dev.vitrine.trace.language.Expression;
import dev.vitrine.trace.language.Function;
import dev.vitrine.trace.language.Program;
import dev.vitrine.trace.language.Tensor;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * What a unit makes of its sum.
 *
 * @param name as it is typed
 * @param function of the sum
 */
public record Squash(String name, DoubleUnaryOperator function) {
  /** {@code 1 where s ≥ 0, else −1}: the sign of 0 is 1. */
  public static final Squash SIGN = new Squash("sign", s -> s >= 0 ? 1 : -1);

  /** {@code 1 where s ≥ 0, else 0}. */
  public static final Squash STEP = new Squash("step", s -> s >= 0 ? 1 : 0);

  private static final Squash LINEAR = new Squash("linear", s -> s);

  /**
   * {@return a function by its name}
   *
   * @param name {@code sign}, {@code step}, {@code linear}, or one of each element that expressions
   *     have, such as {@code sigmoid}
   * @throws dev.vitrine.error.UserException if there is none of that name
   */
  public static Squash of(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "sign" -> SIGN;
      case "step" -> STEP;
      case "linear" -> LINEAR;
      default -> {
        Expression applied = applied(name);
        yield new Squash(name, s -> Evaluation.of(applied, Map.of("s", Tensor.of(s))).at(0));
      }
    };
  }

  /** Whether there is one of that name that takes a sum alone. */
  static boolean isName(String name) {
    String plain = name.toLowerCase(Locale.ROOT);
    return plain.equals("sign")
        || plain.equals("step")
        || Function.find(name).filter(function -> function.op().isPresent()).isPresent();
  }

  private static Expression applied(String name) {
    try {
      return Program.of(name + "(s)").inlined();
    } catch (UserException unknown) {
      throw new UserException(
          "A unit's activation is sign, step, linear or a function of expressions such as sigmoid, but got %s"
              .formatted(Quote.of(name)),
          unknown);
    }
  }

  /** {@return whether it decides, so that its values are truth values} */
  public boolean decides() {
    return this == SIGN || this == STEP;
  }
}
