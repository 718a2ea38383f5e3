package dev.vitrine.trace.language;

import dev.vitrine.error.Decimal;
import dev.vitrine.op.Elementary;
import dev.vitrine.op.Normal;
import dev.vitrine.op.Rectifier;
import dev.vitrine.op.Sigmoidal;
import dev.vitrine.op.Unary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;

/**
 * A function of single numbers, applied element by element.
 *
 * @param name how it is written in ASCII, such as {@code sigmoid}
 * @param symbol how it is written on paper, such as {@code σ}
 * @param settings its numbers besides the argument
 * @param op what the engine computes; empty for those that only formulas have
 * @param value the same in plain numbers
 */
public record Function(
    String name,
    String symbol,
    List<Double> settings,
    Optional<Unary> op,
    DoubleUnaryOperator value) {

  /** Makes a function of its settings. */
  private interface Maker {
    Unary of(List<Double> settings);
  }

  /**
   * What is known of a function by its name.
   *
   * @param symbol as on paper
   * @param defaults of the settings that may be left out
   * @param least how many settings must be given
   */
  private record Known(String name, String symbol, List<Double> defaults, int least, Maker maker) {}

  private static final Map<String, Known> KNOWN = new LinkedHashMap<>();

  /** Other names, in lower case. */
  private static final Map<String, String> OTHERWISE =
      Map.of("σ", "sigmoid", "logistic", "sigmoid", "log", "ln", "swish", "silu");

  static {
    plain("sigmoid", "σ", new Sigmoidal.Sigmoid());
    plain("tanh", "tanh", new Sigmoidal.Tanh());
    plain("relu", "ReLU", new Rectifier.Relu());
    plain("relu6", "ReLU6", new Rectifier.Clip(0, 6));
    set("leakyrelu", "LeakyReLU", List.of(0.01), 0, s -> new Rectifier.LeakyRelu(s.getFirst()));
    set("elu", "ELU", List.of(1.0), 0, s -> new Rectifier.Elu(s.getFirst()));
    set("clip", "clip", List.of(0.0, 1.0), 2, s -> new Rectifier.Clip(s.get(0), s.get(1)));
    plain("softplus", "softplus", new Sigmoidal.Softplus());
    plain("silu", "SiLU", new Sigmoidal.Silu());
    plain("gelu", "GELU", new Sigmoidal.Gelu());
    plain("gelutanh", "GELUtanh", new Sigmoidal.GeluTanh());
    plain("exp", "exp", new Elementary.Exp());
    plain("ln", "ln", new Elementary.Log());
  }

  private static void plain(String name, String symbol, Unary op) {
    set(name, symbol, List.of(), 0, _ -> op);
  }

  private static void set(
      String name, String symbol, List<Double> defaults, int least, Maker maker) {
    KNOWN.put(name, new Known(name, symbol, defaults, least, maker));
  }

  /** {@return the names of all that the engine has, in ASCII} */
  public static List<String> names() {
    return List.copyOf(KNOWN.keySet());
  }

  /**
   * {@return the function of a name with its default settings; empty if there is none}
   *
   * @param name in ASCII, or its symbol
   */
  public static Optional<Function> find(String name) {
    return switch (name) {
      case "Phi", "Φ" -> Optional.of(formula("Phi", "Φ", Normal::cumulative));
      case "phi", "φ" -> Optional.of(formula("phi", "φ", Normal::density));
      default -> known(name).map(known -> known(known, known.defaults()));
    };
  }

  private static Function formula(String name, String symbol, DoubleUnaryOperator value) {
    return new Function(name, symbol, List.of(), Optional.empty(), value);
  }

  private static Optional<Known> known(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Optional.ofNullable(KNOWN.get(OTHERWISE.getOrDefault(lower, lower)));
  }

  private static Function known(Known known, List<Double> settings) {
    Unary op = known.maker().of(settings);
    List<Double> shown =
        known.least() == 0 && settings.equals(known.defaults()) ? List.of() : settings;
    return new Function(known.name(), known.symbol(), shown, Optional.of(op), op::apply);
  }

  /**
   * {@return this function with its settings}
   *
   * @param given besides the argument; the rest are the defaults
   * @param at where its name stands
   * @throws dev.vitrine.error.UserException if it takes another number of them
   */
  Function with(List<Double> given, Place at) {
    Optional<Known> found = known(name).filter(_ -> op.isPresent());
    int most = found.map(known -> known.defaults().size()).orElse(0);
    int least = found.map(Known::least).orElse(0);
    if (given.size() < least || given.size() > most) {
      String expected = least == most ? "" + (most + 1) : "%s to %s".formatted(least + 1, most + 1);
      throw at.fault(
          "%s expects %s argument%s, but got %s"
              .formatted(name, expected, most == 0 ? "" : "s", given.size() + 1));
    }
    return found
        .map(known -> known(known, given.isEmpty() ? known.defaults() : given))
        .orElse(this);
  }

  /** {@return the settings as they stand behind the argument, such as {@code , 0.1}} */
  public String settingsText() {
    return settings.stream().map(s -> ", " + Decimal.text(s)).collect(Collectors.joining());
  }
}
