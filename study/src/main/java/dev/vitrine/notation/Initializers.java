package dev.vitrine.notation;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.Nearest;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.nn.Initializer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleFunction;

/**
 * Initialisers of weights as texts: {@code lecun}, {@code xavier} and {@code kaiming}, each with
 * {@code -uniform} or {@code -normal}; {@code uniform:BOUND}, {@code normal:DEVIATION} and {@code
 * constant:NUMBER}.
 */
public final class Initializers {
  private static final Map<String, Initializer> NAMED = new LinkedHashMap<>();

  /** What takes a number. */
  private static final Map<String, DoubleFunction<Initializer>> NUMBERED = new LinkedHashMap<>();

  static {
    for (Initializer.Rule rule : Initializer.Rule.values()) {
      String name = rule.name().toLowerCase(Locale.ROOT);
      NAMED.put(name + "-uniform", new Initializer.ScaledUniform(rule));
      NAMED.put(name + "-normal", new Initializer.ScaledNormal(rule));
    }
    NUMBERED.put("uniform", Initializer::uniform);
    NUMBERED.put("normal", Initializer::normal);
    NUMBERED.put("constant", Initializer::constant);
  }

  private Initializers() {}

  /** {@return the names of those without a number} */
  public static Set<String> names() {
    return NAMED.keySet();
  }

  /**
   * {@return the initialiser of a text}
   *
   * @param text such as {@code xavier-uniform}, in any case
   * @throws UserException if it is none
   */
  public static Initializer parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    Initializer named = NAMED.get(lower);
    int colon = text.indexOf(':');
    DoubleFunction<Initializer> numbered =
        colon < 0 ? null : NUMBERED.get(lower.substring(0, colon));
    if (named == null && numbered == null) {
      throw UserException.expecting(
          "An initialiser",
          String.join(", ", names()) + ", uniform:BOUND, normal:DEVIATION or constant:NUMBER",
          Quote.of(text),
          Nearest.hint(text, names()));
    }
    return named == null ? numbered(text, colon, numbered) : named;
  }

  private static Initializer numbered(
      String text, int colon, DoubleFunction<Initializer> initializer) {
    try {
      return initializer.apply(Decimal.parse(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw UserException.expecting(
          "An initialiser", e.getMessage() + " after the colon", Quote.of(text));
    }
  }

  /**
   * {@return the text of an initialiser, which {@link #parse} reads back}
   *
   * @param initializer one that {@link #parse} can give
   * @throws UserException if it is one of the user's own
   */
  public static String text(Initializer initializer) {
    return switch (initializer) {
      case Initializer.Uniform(double bound) -> "uniform:" + Decimal.text(bound);
      case Initializer.Normal(double deviation) -> "normal:" + Decimal.text(deviation);
      case Initializer.Constant(double number) -> "constant:" + Decimal.text(number);
      default ->
          NAMED.entrySet().stream()
              .filter(entry -> entry.getValue().equals(initializer))
              .findFirst()
              .orElseThrow(() ->
                  new UserException(
                      "An initialiser of one's own has no text, as those of Initializer have"))
              .getKey();
    };
  }
}
