package dev.vitrine.trace.language;

import dev.vitrine.trace.language.Expression.Apply;
import dev.vitrine.trace.language.Expression.Arithmetic;
import dev.vitrine.trace.language.Expression.Fold;
import dev.vitrine.trace.language.Expression.Power;
import java.util.List;

/** What is written as a function of arguments. */
final class Calls {
  private Calls() {}

  static Expression of(Token name, List<Expression> arguments) {
    Place at = name.at();
    Expression x = arguments.getFirst();
    return switch (name.text()) {
      case "sum" -> new Fold(Fold.Kind.SUM, only(name, arguments), at);
      case "mean" -> new Fold(Fold.Kind.MEAN, only(name, arguments), at);
      case "norm2" -> new Fold(Fold.Kind.NORM2, only(name, arguments), at);
      case "ones" -> new Fold(Fold.Kind.ONES, only(name, arguments), at);
      case "sq", "square" -> new Power(only(name, arguments), 2, at);
      case "sqrt" -> new Power(only(name, arguments), 0.5, at);
      case "dot" -> {
        require(name, arguments, 2);
        // Of two of one shape, whatever it is: the sum of the products.
        Expression products =
            new Arithmetic(Operator.HADAMARD, arguments.get(0), arguments.get(1), at);
        yield new Fold(Fold.Kind.SUM, products, at);
      }
      default -> {
        Function function =
            Function.find(name.text())
                .orElseThrow(() -> at.fault(Parser.unknownFunction(name.text())));
        List<Double> settings =
            arguments.stream().skip(1).map(setting -> setting(name, setting)).toList();
        yield new Apply(function.with(settings, at), x, at);
      }
    };
  }

  private static double setting(Token name, Expression setting) {
    if (!Names.of(setting).isEmpty()) {
      throw setting
          .at()
          .fault(
              "%s expects a number here, but got the name %s"
                  .formatted(name.text(), Names.of(setting).getFirst()));
    }
    return Evaluation.number(setting);
  }

  private static Expression only(Token name, List<Expression> arguments) {
    require(name, arguments, 1);
    return arguments.getFirst();
  }

  private static void require(Token name, List<Expression> arguments, int count) {
    if (arguments.size() != count) {
      throw name.at()
          .fault(
              "%s expects %s argument%s, but got %s"
                  .formatted(name.text(), count, count == 1 ? "" : "s", arguments.size()));
    }
  }
}
