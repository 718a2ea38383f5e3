package dev.vitrine.trace;

import dev.vitrine.trace.language.Evaluation;
import dev.vitrine.trace.language.Expression;
import dev.vitrine.trace.language.Expression.Apply;
import dev.vitrine.trace.language.Expression.Arithmetic;
import dev.vitrine.trace.language.Expression.Power;
import dev.vitrine.trace.language.Figures;
import dev.vitrine.trace.language.Names;
import dev.vitrine.trace.language.Notation;
import dev.vitrine.trace.language.Operator;
import dev.vitrine.trace.language.Place;
import dev.vitrine.trace.language.Printer;
import dev.vitrine.trace.language.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;

/** Finds where a calculation leaves the numbers: a division by 0, the logarithm of −1. */
final class NotANumber {
  private final Map<String, Expression> made;
  private final Map<String, Tensor> numbers;

  private NotANumber(Map<String, Expression> made, Map<String, Tensor> numbers) {
    this.made = made;
    this.numbers = numbers;
  }

  /**
   * Refuses a step whose value is no finite number, at the operation that is to blame.
   *
   * @param made what the names stand for that the user did not give
   * @param numbers of all names in it
   */
  static void refuse(Step step, Map<String, Expression> made, Map<String, Tensor> numbers) {
    new NotANumber(made, numbers).blame(step.expression());
  }

  private void blame(Expression expression) {
    if (!any(expression, x -> !Double.isFinite(x))) {
      return;
    }
    expression.parts().forEach(this::blame);
    throw expression.at().fault(sentence(expression) + powerOf(expression));
  }

  private String sentence(Expression expression) {
    if (expression instanceof Arithmetic of
        && of.operator() == Operator.DIVIDE
        && any(of.b(), x -> x == 0)) {
      return said(expression) + " is a division by 0";
    }
    boolean pole =
        switch (expression) {
          case Apply of -> any(of.x(), x -> x == 0);
          case Power of -> any(of.base(), x -> x == 0);
          default -> false;
        };
    boolean overflow = !pole && !any(expression, Double::isNaN);
    return "%s is %s%s"
        .formatted(
            said(expression),
            overflow ? "larger than a double can be (1.8e308)" : "not a finite number",
            where(expression.parts()));
  }

  /** The numbers of what is not written as a number. */
  private String where(List<Expression> parts) {
    String all =
        parts.stream()
            .filter(part -> !Names.all(part).isEmpty())
            .map(part -> "%s is %s".formatted(said(part), value(part)))
            .distinct()
            .collect(Collectors.joining(" and "));
    return all.isEmpty() ? "" : " where " + all;
  }

  /** What is written ^ stands in the engine as this, if its exponent has names. */
  private static String powerOf(Expression expression) {
    Place at = expression.at();
    boolean written = at.column() > 0 && at.source().startsWith("^", at.column() - 1);
    return written && expression instanceof Apply
        ? ": a power whose exponent is no plain number is exp(exponent·ln(base))"
        : "";
  }

  private String said(Expression expression) {
    return Printer.text(expression.replace(made), Notation.UNICODE);
  }

  private boolean any(Expression expression, DoublePredicate is) {
    Tensor value = Evaluation.of(expression, numbers);
    for (int i = 0; i < value.size(); i++) {
      if (is.test(value.at(i))) {
        return true;
      }
    }
    return false;
  }

  private String value(Expression expression) {
    return Figures.text(Evaluation.of(expression, numbers), Notation.UNICODE);
  }
}
