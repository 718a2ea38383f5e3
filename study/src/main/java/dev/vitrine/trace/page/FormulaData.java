package dev.vitrine.trace.page;

import dev.vitrine.trace.language.Expression;
import dev.vitrine.trace.language.Expression.Apply;
import dev.vitrine.trace.language.Expression.Arithmetic;
import dev.vitrine.trace.language.Expression.Cases;
import dev.vitrine.trace.language.Expression.Fold;
import dev.vitrine.trace.language.Expression.Literal;
import dev.vitrine.trace.language.Expression.Name;
import dev.vitrine.trace.language.Expression.Negation;
import dev.vitrine.trace.language.Expression.Numeral;
import dev.vitrine.trace.language.Expression.Power;
import dev.vitrine.trace.language.Function;
import dev.vitrine.trace.language.Program;
import dev.vitrine.trace.language.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Formulas as values that a page's script walks; a function is what its op says of itself. */
final class FormulaData {
  private final Map<String, Object> functions = new LinkedHashMap<>();

  /** The formulas of all functions met so far, in x, by their names with settings. */
  Map<String, Object> functions() {
    return functions;
  }

  Map<String, Object> of(Expression expression) {
    return switch (expression) {
      case Numeral number -> node("number", "value", number.value());
      case Literal literal -> {
        Map<String, Object> array = tensor(literal.value());
        array.put("kind", "array");
        yield array;
      }
      case Name name -> node("name", "name", name.name());
      case Negation negation -> node("minus", "x", of(negation.x()));
      case Power power -> {
        Map<String, Object> node = node("power", "x", of(power.base()));
        node.put("exponent", power.exponent());
        yield node;
      }
      case Apply apply -> {
        Map<String, Object> node = node("function", "function", function(apply.function()));
        node.put("x", of(apply.x()));
        yield node;
      }
      case Fold fold -> {
        Map<String, Object> node = node("fold", "fold", fold.kind().name());
        node.put("x", of(fold.x()));
        yield node;
      }
      case Arithmetic of -> {
        Map<String, Object> node = node("sign", "sign", of.operator().name());
        node.put("a", of(of.a()));
        node.put("b", of(of.b()));
        yield node;
      }
      case Cases cases -> {
        Map<String, Object> node = node("cases", "value", of(cases.value()));
        node.put(
            "conditions",
            cases.conditions().stream().map(c -> List.of(of(c.greater()), of(c.less()))).toList());
        node.put("otherwise", of(cases.otherwise()));
        yield node;
      }
    };
  }

  private static Map<String, Object> node(String kind, String key, Object value) {
    Map<String, Object> node = new LinkedHashMap<>();
    node.put("kind", kind);
    node.put(key, value);
    return node;
  }

  static Map<String, Object> tensor(Tensor value) {
    Map<String, Object> tensor = new LinkedHashMap<>();
    tensor.put("shape", Arrays.stream(value.shape().sizes()).boxed().toList());
    tensor.put("at", Arrays.stream(value.elements()).boxed().toList());
    return tensor;
  }

  private String function(Function function) {
    String key = function.name() + function.settingsText();
    if (function.op().isPresent() && !functions.containsKey(key)) {
      Expression formula = Program.of(function.op().get().formula().value()).inlined();
      // Those that are said by their own names are the script's own.
      boolean itself =
          formula instanceof Apply apply && apply.function().name().equals(function.name());
      if (!itself) {
        functions.put(key, Map.of());
        functions.put(key, of(formula));
      }
    }
    return key;
  }
}
