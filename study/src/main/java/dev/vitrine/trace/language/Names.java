package dev.vitrine.trace.language;

import dev.vitrine.error.Nearest;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The names in an expression. */
public final class Names {
  private static final Map<String, Double> CONSTANTS =
      Map.of("e", Math.E, "pi", Math.PI, "π", Math.PI);

  private Names() {}

  /** {@return what stands for a number unless it is given another: e and π} */
  public static Map<String, Double> constants() {
    return CONSTANTS;
  }

  /**
   * {@return the names in the order in which they first occur, without those of constants}
   *
   * @param expression what is looked through
   */
  public static List<String> of(Expression expression) {
    return all(expression).stream().filter(name -> !CONSTANTS.containsKey(name)).toList();
  }

  /**
   * {@return the names in the order in which they first occur}
   *
   * @param expression what is looked through
   */
  public static List<String> all(Expression expression) {
    Set<String> names = new LinkedHashSet<>();
    collect(expression, names);
    return List.copyOf(names);
  }

  /**
   * {@return the end of a sentence about a name that is not known; empty if no known one is near,
   * or it is a single letter, to which all are}
   *
   * @param name what was given
   * @param known the names there are
   */
  public static String hint(String name, Collection<String> known) {
    return name.length() == 1 ? "" : Nearest.hint(name, known);
  }

  /**
   * {@return the same with the numbers of constants, but for names that mean something else}
   *
   * @param expression what is looked through
   * @param taken names that are no constants
   */
  public static Expression withConstants(Expression expression, Set<String> taken) {
    if (expression instanceof Expression.Name(String name, Place at)
        && CONSTANTS.containsKey(name)
        && !taken.contains(name)) {
      return new Expression.Numeral(CONSTANTS.get(name), name.equals("e") ? "e" : "π", at);
    }
    Expression known =
        expression.of(expression.parts().stream().map(part -> withConstants(part, taken)).toList());
    return powerOfE(known);
  }

  /** e^x is read as exp(x·ln(e)), for e may be another name: if it is not, that is exp(x). */
  private static Expression powerOfE(Expression expression) {
    return expression instanceof Expression.Apply apply
            && apply.function().name().equals("exp")
            && apply.x() instanceof Expression.Arithmetic product
            && product.operator() == Operator.MULTIPLY
            && product.b() instanceof Expression.Apply logarithm
            && logarithm.function().name().equals("ln")
            && logarithm.x() instanceof Expression.Numeral base
            && base.symbol().equals("e")
        ? apply.of(List.of(product.a()))
        : expression;
  }

  private static void collect(Expression expression, Set<String> names) {
    if (expression instanceof Expression.Name name) {
      names.add(name.name());
    }
    if (expression instanceof Expression.Cases cases) {
      cases
          .conditions()
          .forEach(c -> {
            collect(c.greater(), names);
            collect(c.less(), names);
          });
    }
    expression.parts().forEach(part -> collect(part, names));
  }
}
